using Sluice.Cli.Tests.Support;

namespace Sluice.Cli.Tests.Clients;

/// <summary><c>sluice run</c> with one Gateway that sends every request to one backend.</summary>
internal sealed class ClientGateway : IAsyncDisposable
{
    private readonly ManifestFolder _folder;
    private readonly RunningSluice _sluice;

    private ClientGateway(ManifestFolder folder, RunningSluice sluice, int port)
    {
        _folder = folder;
        _sluice = sluice;
        Port = port;
    }

    public int Port { get; }

    public string Uri => $"http://127.0.0.1:{Port}";

    public static async Task<ClientGateway> StartAsync(int backendPort)
    {
        var folder = new ManifestFolder();
        var port = FreePort.Next();
        folder.Write("gateway.yaml", Run.RunManifests.Gateway("web", port) + Run.RunManifests.Service("content", backendPort) + """
            apiVersion: gateway.networking.k8s.io/v1
            kind: HTTPRoute
            metadata: {name: all}
            spec:
              parentRefs: [{name: web}]
              rules: [{backendRefs: [{name: content, port: 80}]}]

            """);
        return new ClientGateway(folder, await RunningSluice.StartAsync(folder.Path), port);
    }

    /// <summary>The proxy's metrics as text.</summary>
    public async Task<string> MetricsAsync() => (await _sluice.GetAdminAsync("/metrics")).Body;

    public async ValueTask DisposeAsync()
    {
        await _sluice.DisposeAsync();
        _folder.Dispose();
    }
}
