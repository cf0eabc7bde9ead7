using System.Text;
using System.Text.Json;
using AutoFlow.Functions.Definitions;
using AutoFlow.Functions.Steps;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace AutoFlow.Functions.Triggers;

/// <summary>
/// Reads the definitions of a request: one as YAML (its name for findings in <c>?file=</c>), several as the files of a
/// multipart form, or as JSON <c>{"definitions": [{"file": "a.yaml", "text": "…", "resources": {"file:///…": "…"}}]}</c>.
/// </summary>
internal static class DefinitionBody
{
    /// <summary>4 MiB: hundreds of definitions.</summary>
    private const int Longest = 4 * 1024 * 1024;

    private const string UsualFile = "definition.yaml";
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private sealed record Batch(IReadOnlyList<Entry?>? Definitions);

    private sealed record Entry(string? File, string? Text, Dictionary<string, string>? Resources);

    private static readonly Dictionary<string, string> NoResources = [];

    public static async Task<(IReadOnlyList<DefinitionText>? Texts, IActionResult? Problem)> ReadAsync(HttpRequest request, CancellationToken ct)
    {
        try
        {
            if (request.HasFormContentType) return await FormAsync(request, ct);
            if (await RequestBody.ReadAsync(request, Longest, ct) is not { } body) return (null, Problems.TooLarge(Longest));
            var text = Strict.GetString(body);
            // A definition may itself be written as JSON; it has "document" where a set has "definitions".
            if (request.ContentType?.Contains("json", StringComparison.OrdinalIgnoreCase) == true && JsonSerializer.Deserialize<Batch>(text, StepJson.Options) is { Definitions: { } several })
                return Several(several);
            string? file = request.Query["file"];
            return string.IsNullOrWhiteSpace(text) ? Nothing() : ([new DefinitionText(string.IsNullOrEmpty(file) ? UsualFile : file, text, NoResources)], null);
        }
        catch (JsonException exception)
        {
            return (null, Bad($"The JSON is wrong at line {exception.LineNumber + 1}, column {exception.BytePositionInLine + 1}, {exception.Path}."));
        }
        catch (DecoderFallbackException)
        {
            return (null, Bad("A text is not valid Unicode. Send it as UTF-8."));
        }
        catch (Exception exception) when (exception is InvalidDataException or IOException)
        {
            return (null, Bad($"The form cannot be read: {exception.Message}"));
        }
    }

    private static (IReadOnlyList<DefinitionText>?, IActionResult?) Several(IReadOnlyList<Entry?> entries)
    {
        if (entries.Count == 0) return Nothing();
        var unfit = entries.Select((entry, at) => (entry, at)).Where(one => string.IsNullOrWhiteSpace(one.entry?.Text)).Select(one => one.at).ToList();
        return unfit.Count == 0
            ? ([.. entries.Select((entry, at) => new DefinitionText(string.IsNullOrEmpty(entry!.File) ? $"definitions/{at}" : entry.File, entry.Text!, entry.Resources ?? NoResources))], null)
            : (null, Bad($"/definitions/{unfit[0]}/text is missing or empty: each entry is {{\"file\": \"name.yaml\", \"text\": \"the YAML\"}}."));
    }

    private static async Task<(IReadOnlyList<DefinitionText>?, IActionResult?)> FormAsync(HttpRequest request, CancellationToken ct)
    {
        if (request.ContentLength > Longest) return (null, Problems.TooLarge(Longest));
        var form = await request.ReadFormAsync(ct);
        if (form.Files.Sum(file => file.Length) > Longest) return (null, Problems.TooLarge(Longest));
        var texts = new List<DefinitionText>();
        foreach (var file in form.Files)
        {
            using var bytes = new MemoryStream();
            await file.CopyToAsync(bytes, ct);
            texts.Add(new DefinitionText(file.FileName, Strict.GetString(bytes.ToArray()), NoResources));
        }

        return texts.Count == 0 ? Nothing() : (texts, null);
    }

    private static (IReadOnlyList<DefinitionText>?, IActionResult?) Nothing() => (null, Bad("There is no definition in the body. Send one as YAML, or several as {\"definitions\": [{\"file\": \"a.yaml\", \"text\": \"…\"}]}."));

    private static IActionResult Bad(string detail) => Problems.Of(StatusCodes.Status400BadRequest, "The definitions cannot be read", detail);
}
