using System.Net;
using System.Text.Json;

namespace Sluice.Cli;

/// <summary>Asks the admin endpoint of a running instance.</summary>
internal static class AdminClient
{
    /// <exception cref="UserErrorException">Nothing listens there, or it is no Sluice, or it refuses.</exception>
    public static async Task<string> GetAsync(IPEndPoint admin, string target, CancellationToken cancellation)
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { Timeout = TimeSpan.FromSeconds(30) };
        try
        {
            using var response = await client.GetAsync(new Uri($"http://{admin}{target}"), cancellation);
            var body = await response.Content.ReadAsStringAsync(cancellation);
            if (response.IsSuccessStatusCode)
                return body;
            throw new UserErrorException($"http://{admin}{target} answered {(int)response.StatusCode}: {Error(body)}");
        }
        catch (HttpRequestException error)
        {
            throw new UserErrorException($"no running instance answers at http://{admin}: {error.Message}. Start one with 'sluice run', name its admin endpoint with --admin, or look at manifests with -f.");
        }
    }

    private static string Error(string body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            return json.RootElement.GetProperty("error").GetString() ?? body;
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return body;
        }
    }
}
