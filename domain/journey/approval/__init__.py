"""Approvals: some decisions need the word of a second person, about exactly the thing that was proposed.

    refused = refuse_unapproved(journey, ApprovalMatter.RETURN, surroundings, of=1)     # in the decider that needs it

    @approvable(ApprovalMatter.RETURN)                   # what it is that is approved, so that a change is noticed
    def _return(journey: Journey, of: int | None) -> Thing | None: ...

Who proposed and who approved is the actor of the recorded events, never a field that a form could fill in.
"""
