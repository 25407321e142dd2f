using System.Text.Json;

namespace Sluice.Cli.Tests.Support;

/// <summary>A response, read to its end.</summary>
internal sealed record HttpAnswer(int Status, string? Location, string Body)
{
    /// <summary>The name of the echo that answered; null for any other body.</summary>
    public string? Pod => Member("pod");

    /// <summary>A member of the JSON body, or null.</summary>
    public string? Member(string name)
    {
        if (!Body.StartsWith('{'))
            return null;
        using var json = JsonDocument.Parse(Body);
        return json.RootElement.TryGetProperty(name, out var value) ? value.ToString() : null;
    }

    public static async Task<HttpAnswer> SendAsync(HttpClient client, HttpRequestMessage request)
    {
        using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);
        var body = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return new HttpAnswer((int)response.StatusCode, response.Headers.Location?.OriginalString, body);
    }
}
