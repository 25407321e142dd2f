using System.IO.Pipelines;
using System.Text.Json.Nodes;

namespace Sluice.ApiServer.Tests.Support;

/// <summary>The client's end of a watch.</summary>
public sealed class WatchClient : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly CancellationTokenSource _stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
    private readonly StreamReader _reader;
    private readonly Task _writing;

    public WatchClient(Func<Stream, CancellationToken, Task> write)
    {
        var pipe = new Pipe();
        _reader = new StreamReader(pipe.Reader.AsStream());
        _writing = WriteAsync(write, pipe.Writer);
    }

    /// <summary>The next event as (type, object); null at the end.</summary>
    public async Task<(string Type, JsonObject Object)?> NextAsync()
    {
        if (await _reader.ReadLineAsync(_stop.Token).AsTask().WaitAsync(Patience) is not { } line)
            return null;
        var json = JsonNode.Parse(line)!;
        return (json["type"]!.ToString(), (JsonObject)json["object"]!);
    }

    /// <summary>The next events as "TYPE name".</summary>
    public async Task<IReadOnlyList<string>> NamesAsync(int count)
    {
        var names = new List<string>();
        for (var i = 0; i < count; i++)
        {
            var (type, value) = (await NextAsync())!.Value;
            names.Add($"{type} {value["metadata"]?["name"]}");
        }

        return names;
    }

    /// <summary>Waits for the server to end it.</summary>
    public Task EndAsync() => _writing.WaitAsync(Patience);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        try
        {
            await _writing;
        }
        catch (OperationCanceledException)
        {
            // The client is gone.
        }

        _reader.Dispose();
        _stop.Dispose();
    }

    private async Task WriteAsync(Func<Stream, CancellationToken, Task> write, PipeWriter writer)
    {
        await using var body = writer.AsStream();
        await Task.Run(() => write(body, _stop.Token));
    }
}
