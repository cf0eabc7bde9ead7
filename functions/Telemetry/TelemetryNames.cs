namespace AutoFlow.Functions.Telemetry;

/// <summary>The names of our telemetry; docs/operations.md lists them. No value is ever personal data: no address, no subject, no text.</summary>
public static class TelemetryNames
{
    /// <summary>The source of our spans, and the meter.</summary>
    public const string Source = "AutoFlow";

    public const string ConversationId = "autoflow.conversation.id";

    /// <summary>The id of the inbox row.</summary>
    public const string MessageId = "autoflow.message.id";

    public const string InstanceId = "autoflow.instance.id";
    public const string Workflow = "autoflow.workflow";
    public const string Intent = "autoflow.intent";

    /// <summary>ISO 639-1.</summary>
    public const string Language = "autoflow.language";

    /// <summary>The name of a step, as definitions call it.</summary>
    public const string Step = "autoflow.step";

    /// <summary>How it ended: <c>ok</c>, or one stable word.</summary>
    public const string Outcome = "autoflow.outcome";

    public const string Channel = "autoflow.channel";
    public const string ModelVersion = "autoflow.model.version";

    /// <summary>Stands for a value that is not one of a known few, so that metrics stay bounded.</summary>
    public const string Other = "other";
}
