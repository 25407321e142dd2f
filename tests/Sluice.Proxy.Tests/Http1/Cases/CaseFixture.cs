using System.Collections.Concurrent;
using Sluice.Proxy.Tests.Support;

namespace Sluice.Proxy.Tests.Http1.Cases;

/// <summary>A proxy with the table's routes and three backends that answer everything with 200.</summary>
public sealed class CaseFixture : IAsyncLifetime
{
    private readonly ConcurrentQueue<SeenMessage> _seen = new();
    private readonly ScriptedBackend _a;
    private readonly ScriptedBackend _admin;
    private readonly ScriptedBackend _b;

    public CaseFixture()
    {
        _a = Start("a");
        _admin = Start("admin");
        _b = Start("b");
    }

    internal TestProxy Proxy { get; private set; } = null!;

    private ScriptedBackend[] Backends => [_a, _admin, _b];

    public async ValueTask InitializeAsync() =>
        Proxy = await TestProxy.StartAsync(new ProxyLimits(), CaseRoutes.Build(_a.Endpoint, _admin.Endpoint, _b.Endpoint));

    /// <summary>Sends a text in pieces and reads all responses; what came of it, in the backends' eyes and in the client's.</summary>
    internal async Task<CaseOutcome> RunAsync(string text, bool endsStream, IReadOnlyList<string> methods, int step = int.MaxValue)
    {
        await using var client = await Proxy.ConnectAsync();
        for (var at = 0; at < text.Length && !client.SendFailed; at += Math.Min(step, text.Length - at))
            await client.SendAsync(text.Substring(at, Math.Min(step, text.Length - at)));
        if (endsStream)
            client.ShutdownSend();

        var statuses = new List<int>();
        while (await client.Reader.ReadResponseAsync(methods.ElementAtOrDefault(statuses.Count) ?? "GET") is { } response)
        {
            if (response.Status >= 200)
                statuses.Add(response.Status);
        }

        return new CaseOutcome(statuses, TakeSeen(), TakeFaults());
    }

    /// <summary>Takes out the requests that backends have received so far, in order.</summary>
    internal IReadOnlyList<SeenMessage> TakeSeen()
    {
        var seen = new List<SeenMessage>();
        while (_seen.TryDequeue(out var message))
            seen.Add(message);
        return seen;
    }

    /// <summary>Takes out what was wrong with what backends have received so far.</summary>
    internal IReadOnlyList<Exception> TakeFaults() => [.. Backends.SelectMany(backend => backend.TakeFaults())];

    public async ValueTask DisposeAsync()
    {
        await Proxy.DisposeAsync();
        foreach (var backend in Backends)
            await backend.DisposeAsync();
    }

    private ScriptedBackend Start(string name) => ScriptedBackend.Answering(request =>
    {
        _seen.Enqueue(new SeenMessage(name, request));
        return request.Method == "HEAD" ? ScriptedBackend.Ok[..^2] : ScriptedBackend.Ok;
    });
}
