using System.Text.Json.Serialization;

namespace AutoFlow.Support.Understanding;

/// <summary>How soon a person should see a message.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Urgency>))]
public enum Urgency
{
    /// <summary>The customer says that there is time.</summary>
    Low,

    Normal,

    /// <summary>Time presses, the customer threatens, or has written before in vain.</summary>
    High,

    /// <summary>Somebody may be hurt, or much comes together: somebody looks at once.</summary>
    Critical,
}
