"""The registry's window: reads services, owners, teams, agents, regions and commission terms.

Pure: no Django, no sales, no writing. What a change means is for `sales.registry` to decide.
"""
