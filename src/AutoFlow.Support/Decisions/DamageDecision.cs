using AutoFlow.Support.Orders;
using AutoFlow.Support.Policies;
using AutoFlow.Support.Replies;

namespace AutoFlow.Support.Decisions;

/// <summary>What a report of damage still needs before it is compensated.</summary>
/// <param name="Action"><c>ask-photo</c> (it may ask for the item as well), <c>ask-item</c> or <c>compensate</c>.</param>
/// <param name="ItemIds">The lines named; empty when it is not known which.</param>
/// <param name="Paragraphs">The questions; empty for <c>compensate</c>.</param>
public sealed record DamageDecision(string Action, string Reason, IReadOnlyList<string> ItemIds, IReadOnlyList<Paragraph> Paragraphs)
{
    /// <param name="visibleText">Everything that the customer wrote about it so far.</param>
    /// <param name="attachmentCount">Files that came with the customer's messages so far.</param>
    /// <param name="cause">A photo is asked for damage only: what is missing cannot be shown.</param>
    public static DamageDecision Decide(Order order, string visibleText, int attachmentCount, CompensationPolicy policy, CompensationCause cause = CompensationCause.Damaged)
    {
        var items = Affected.Named(order, visibleText);
        var value = items is null ? order.Total : Affected.Value(items, order.Total.Currency);
        IReadOnlyList<string> ids = items is null ? [] : [.. items.Select(item => item.Id)];
        var which = Paragraph.Of("which-item", ("order", ReplyValue.Of(order.Number)), ("items", ReplyValue.Of([.. order.Items.Select(item => item.Title)])));
        if (cause == CompensationCause.Damaged && attachmentCount == 0 && !policy.PhotoAbove.Cover(value))
        {
            var photo = Paragraph.Of("ask-photo", ("order", ReplyValue.Of(order.Number)));
            return new("ask-photo", "damage to goods of this value needs a photo", ids, items is null ? [photo, which] : [photo]);
        }

        return items is null
            ? new("ask-item", "it is not known which item is meant", ids, [which])
            : new("compensate", attachmentCount > 0 ? "a photo came" : "no photo is needed", ids, []);
    }
}
