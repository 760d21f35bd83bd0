"""Who may open the pages of imports; what they may do there is a right of initiatives, Verb.IMPORT."""

import rules


@rules.predicate
def runs_a_network(member) -> bool:
    """Is a steward of some network."""
    return member.stewarded_networks.exists()


signed_in = rules.is_authenticated & rules.is_active
rules.add_perm("importers.open_imports", signed_in & (rules.is_superuser | runs_a_network))
