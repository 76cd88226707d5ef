-- How far the past of the boards is kept, and how many streams it cannot follow.
SELECT p.position,
       (SELECT count(DISTINCT k.stream) FROM projections.parked AS k WHERE k.model = p.model)
  FROM projections.positions AS p
 WHERE p.model = %(model)s
