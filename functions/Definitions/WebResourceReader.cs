using System.Text;
using AutoFlow.Workflows.Catalog;

namespace AutoFlow.Functions.Definitions;

/// <summary>Reads the texts that definitions name by http and https URIs, when they are published.</summary>
public sealed class WebResourceReader(Func<HttpClient> clients) : IResourceReader
{
    /// <summary>The name of the client.</summary>
    public const string Client = "definition-resources";

    public async Task<ResourceText> ReadAsync(Uri uri, CancellationToken cancellation)
    {
        if (uri.Scheme is not ("http" or "https")) return ResourceText.Failed("only http and https are read here");
        try
        {
            using var client = clients();
            using var answer = await client.GetAsync(uri, HttpCompletionOption.ResponseHeadersRead, cancellation);
            if (!answer.IsSuccessStatusCode) return ResourceText.Failed($"the server answered {(int)answer.StatusCode} {answer.ReasonPhrase}");
            using var reader = new StreamReader(await answer.Content.ReadAsStreamAsync(cancellation), Encoding.UTF8);
            // One more than is allowed, so that a longer text is refused and not cut.
            var text = new char[ResourceText.MaxLength + 1];
            return ResourceText.Of(new string(text, 0, await reader.ReadBlockAsync(text, cancellation)));
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            return ResourceText.Failed(exception.Message);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return ResourceText.Failed("the server did not answer in time");
        }
    }
}
