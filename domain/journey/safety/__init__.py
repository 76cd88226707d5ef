"""Safety: safe contact, alerts, assessments, the safety plan, emergency relocation. Each part is a module."""
