using System.Text.Json.Nodes;

namespace AutoFlow.EndToEnd.Tests;

/// <summary>Messages as <c>POST /api/messages</c> takes them.</summary>
public static class Messages
{
    /// <param name="id">Its id in its channel; a new one each time when null.</param>
    public static JsonObject Mail(string from, string subject, string text, string? id = null) => new()
    {
        ["specversion"] = "1.0",
        ["id"] = id ?? $"<{Guid.NewGuid():N}@mail.example.com>",
        ["type"] = "autoflow.message.received",
        ["source"] = "mail",
        ["data"] = new JsonObject { ["from"] = from, ["subject"] = subject, ["text"] = text },
    };
}
