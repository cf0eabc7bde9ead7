namespace DurableTask.Core.Exceptions;

/// <summary>An instance of that id is live, or in a status that forbids a new one.</summary>
[System.Diagnostics.CodeAnalysis.SuppressMessage("Design", "CA1032", Justification = "Only the engine throws it.")]
public class OrchestrationAlreadyExistsException : Exception
{
    /// <summary>With a message that names the id.</summary>
    public OrchestrationAlreadyExistsException(string message)
        : base(message)
    {
    }
}
