namespace AutoFlow.Understanding.Kinds;

/// <summary>
/// A shop may let its customers write to a group (Google Groups, Mailman) that has the shop's own address. Such a list is an
/// inbox, and its members' mail is people's mail: help desks that suspended it lost customers. Any other list is not answered.
/// </summary>
internal static class OwnList
{
    /// <summary>True when the list is one of the shop's own addresses, by its id (RFC 2919: <c>&lt;help.shop.example&gt;</c> for help@shop.example) or by where one posts to (RFC 2369).</summary>
    public static bool Is(Dictionary<string, string> fields, IReadOnlyCollection<string> ownAddresses)
    {
        if (ownAddresses.Count == 0) return false;
        var id = fields.GetValueOrDefault("List-Id") ?? "";
        var post = fields.GetValueOrDefault("List-Post") ?? "";
        var group = fields.GetValueOrDefault("Mailing-List") ?? "";
        foreach (var own in ownAddresses)
            if (id.Contains($"<{own.Replace('@', '.')}>", StringComparison.OrdinalIgnoreCase)
                || post.Contains($"mailto:{own}>", StringComparison.OrdinalIgnoreCase)
                || group.Contains($"list {own};", StringComparison.OrdinalIgnoreCase)) return true;
        return false;
    }
}
