using AutoFlow.Workflows.Expressions;

namespace AutoFlow.Workflows.Model;

/// <summary>An error of a definition, its parts fixed or expressions (OWS dsl-reference.md, "Error").</summary>
internal sealed record ErrorTemplate(ValueTemplate Type, ValueTemplate Status, ValueTemplate? Title, ValueTemplate? Detail);
