using System.ComponentModel;
using System.Reflection;
using AutoFlow.EmbeddedHost.Hosting;
using Microsoft.AspNetCore.Http;

namespace AutoFlow.EmbeddedHost.Triggers.Http;

/// <summary>An HTTP request came in.</summary>
/// <param name="Context">The request's context.</param>
internal sealed record HttpEvent(HttpContext Context) : TriggerEvent("This function was programmatically called via the host APIs.")
{
    /// <inheritdoc/>
    public override HttpContext? Http => Context;

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, object?> BindingData => Context.Request.RouteValues;

    /// <inheritdoc/>
    public override async ValueTask<object?> BindAsync(ParameterInfo parameter, ParameterSource source, CancellationToken ct) => source switch
    {
        ParameterSource.HttpRequest => Context.Request,
        ParameterSource.Body => await BodyAsync(parameter, ct),
        _ => RouteOrQuery(parameter),
    };

    private async Task<object?> BodyAsync(ParameterInfo parameter, CancellationToken ct)
    {
        var body = await BinaryData.FromStreamAsync(Context.Request.Body, ct);
        var type = parameter.ParameterType;
        if (type == typeof(string))
            return body.ToString();
        if (type == typeof(BinaryData))
            return body;
        if (type == typeof(byte[]))
            return body.ToArray();
        if (body.ToMemory().IsEmpty)
            throw new BindingException($"The parameter '{parameter.Name}' needs a JSON body, and the request has none.");
        return FromJson(body.ToString(), parameter)
            ?? throw new BindingException($"The parameter '{parameter.Name}' needs a JSON body that is not null.");
    }

    private object? RouteOrQuery(ParameterInfo parameter)
    {
        var text = Context.Request.RouteValues.TryGetValue(parameter.Name!, out var routed)
            ? routed?.ToString()
            : Context.Request.Query.TryGetValue(parameter.Name!, out var queried) ? (string?)queried : null;
        var type = parameter.ParameterType;
        if (text is null)
        {
            return parameter.HasDefaultValue ? parameter.DefaultValue
                : !type.IsValueType || Nullable.GetUnderlyingType(type) is not null ? null
                : throw new BindingException($"The parameter '{parameter.Name}' ({type.Name}) is missing in the route and the query.");
        }

        if (type == typeof(string))
            return text;
        try
        {
            return TypeDescriptor.GetConverter(type).ConvertFromInvariantString(text);
        }
        catch (Exception fault) when (fault is FormatException or ArgumentException or NotSupportedException or OverflowException)
        {
            throw new BindingException($"The parameter '{parameter.Name}' is not a valid {(Nullable.GetUnderlyingType(type) ?? type).Name}.");
        }
    }
}
