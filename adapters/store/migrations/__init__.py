"""How the tables came to be: one file in versions/ for each step, applied by Alembic in order.

Whoever changes `adapters.store.tables` adds a step here and names it in `adapters.store.migrating`.
"""
