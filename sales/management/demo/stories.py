"""All of the demo's stories, each as far as it has got by the demo's day. Pure."""

from sales.management.demo.facts import Phrases
from sales.management.demo.files import load_conversations, load_customers
from sales.management.demo.generated import generated_stories, waiting_stories
from sales.management.demo.plan import DemoPlan
from sales.management.demo.story import Story
from sales.management.demo.sure import left_over_story, sure_stories
from sales.management.demo.told import told_stories
from sales.management.demo.world import World


def all_stories(plan: DemoPlan, phrases: Phrases, world: World) -> list[Story]:
    """Generated ones, those that wait, those that the demo always shows, and the conversations."""
    customers = load_customers()
    stories = [
        *generated_stories(plan, phrases, customers, world),
        *waiting_stories(plan, phrases, customers, world),
        *sure_stories(plan, phrases, customers, world),
        left_over_story(plan, phrases, customers, world),
        *told_stories(load_conversations(), plan, phrases, customers, world),
    ]
    told = [story.until(world.now, last_sale=world.last_sale) for story in stories]
    return [story for story in told if story.acts]
