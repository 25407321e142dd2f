using System.Globalization;
using Sluice.Cli.Tests.Support;

namespace Sluice.Cli.Tests.Clients;

/// <summary>A WebSocket backend of the npm package ws, and a gateway in front of it.</summary>
public sealed class WebSocketFixture : IAsyncLifetime
{
    private const string Listening = "listening on ";

    internal LiveTool Backend { get; private set; } = null!;

    internal ClientGateway Gateway { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Backend = LiveTool.Start(Tool.Find("node", "nodejs"), [WsPackage.Script("ws-server.js")], ("NODE_PATH", await WsPackage.PathAsync()));
        var line = await Backend.WaitForLineAsync(Listening);
        Gateway = await ClientGateway.StartAsync(int.Parse(line.AsSpan(Listening.Length), CultureInfo.InvariantCulture));
    }

    public async ValueTask DisposeAsync()
    {
        await Gateway.DisposeAsync();
        await Backend.DisposeAsync();
    }
}
