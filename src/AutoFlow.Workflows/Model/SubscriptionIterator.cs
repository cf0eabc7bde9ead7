using AutoFlow.Workflows.Expressions;

namespace AutoFlow.Workflows.Model;

/// <summary>What is done with each item that a subscription consumes (OWS dsl-reference.md, "Subscription Iterator").</summary>
/// <param name="Item">The variable that holds the item.</param>
/// <param name="At">The variable that holds its index, from 0.</param>
/// <param name="Do">The tasks for each item; null without any.</param>
/// <param name="OutputAs">Transforms an item's output: what <c>do</c> gave, or the item itself where there is no <c>do</c>.</param>
/// <param name="OutputSchema">What an item's transformed output must look like.</param>
/// <param name="ExportAs">Gives the new <c>$context</c> from an item's transformed output.</param>
/// <param name="ExportSchema">What <c>$context</c> must look like then.</param>
internal sealed record SubscriptionIterator(
    string Item, string At, TaskList? Do, ValueTemplate? OutputAs, DataSchema? OutputSchema, ValueTemplate? ExportAs, DataSchema? ExportSchema);
