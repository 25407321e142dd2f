using System.Net.Http.Json;
using System.Text.Json;
using Sluice.Conformance.Statuses;

namespace Sluice.Conformance.Gateways;

/// <summary>Reads statuses from the command's admin endpoint.</summary>
internal sealed class AdminClient(Uri admin) : IDisposable
{
    private readonly HttpClient _client = new(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = admin, Timeout = TimeSpan.FromSeconds(60) };

    public async Task<StatusReport> StatusAsync(CancellationToken cancellation) =>
        await _client.GetFromJsonAsync<StatusReport>("/status", JsonSerializerOptions.Web, cancellation) ?? throw new UsageException("/status answers null");

    public void Dispose() => _client.Dispose();
}
