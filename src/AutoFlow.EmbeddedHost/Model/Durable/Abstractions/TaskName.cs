namespace Microsoft.DurableTask;

/// <summary>The name of an orchestrator or activity. Names compare without regard to case.</summary>
public readonly struct TaskName : IEquatable<TaskName>
{
    /// <summary>Makes a name; null gives the default struct.</summary>
    public TaskName(string name)
    {
        Name = name;
        Version = name is null ? null! : string.Empty;
    }

    /// <summary>The name; null in the default struct.</summary>
    public string Name { get; }

    /// <summary>Always empty: versions of tasks are not part of their name.</summary>
    public string Version { get; }

    public static implicit operator string(TaskName value) => value.Name;

    public static implicit operator TaskName(string value) => string.IsNullOrEmpty(value) ? default : new(value);

    public static bool operator ==(TaskName a, TaskName b) => a.Equals(b);

    public static bool operator !=(TaskName a, TaskName b) => !a.Equals(b);

    public bool Equals(TaskName other) => string.Equals(Name, other.Name, StringComparison.OrdinalIgnoreCase);

    public override bool Equals(object? obj) => obj is TaskName other && Equals(other);

    public override int GetHashCode() => Name is null ? 0 : StringComparer.OrdinalIgnoreCase.GetHashCode(Name);

    public override string ToString() => Name ?? string.Empty;
}
