"""Part: residence. Permits with their last day, the applications to extend them, and the alarm when one runs out.

Terms: Law on Foreigners 24/2018, 31/2019, 62/2023, as the pathway's section says; the engine knows no article.
"""
