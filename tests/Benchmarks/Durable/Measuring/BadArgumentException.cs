namespace AutoFlow.Benchmarks.Durable.Measuring;

/// <summary>A word or a flag that is not right.</summary>
/// <param name="message">One line: what, where, and what would be right.</param>
internal sealed class BadArgumentException(string message) : Exception(message);
