namespace AutoFlow.Functions.Messages;

/// <summary>The queues of the app. Each message is only a key: what it stands for is stored before it is enqueued.</summary>
public static class QueueNames
{
    /// <summary>Inbox ids to understand and route.</summary>
    public const string Inbox = "inbox";

    /// <summary>Keys of outbox entries to send.</summary>
    public const string Outbox = "outbox";

    /// <summary>Keys of Graph notifications whose mail is to be fetched.</summary>
    public const string MailNotifications = "mail-notifications";

    /// <summary>Keys of events to route.</summary>
    public const string Events = "events";

    /// <summary>Keys of pushes of the tracking service.</summary>
    public const string TrackingPushes = "tracking-pushes";

    /// <summary>Versions of models to train and measure.</summary>
    public const string Models = "models";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = [Inbox, Outbox, MailNotifications, Events, TrackingPushes, Models];
}
