SELECT journey FROM projections.involvement_v2
 WHERE staff = %(staff)s AND involvement = 'emergency' AND ends_at > %(now)s
