using System.Collections.Concurrent;
using Sluice.Proxy.Local;

namespace Sluice.Controller.Tests.Clustered;

/// <summary>An API server that can be broken in several ways.</summary>
internal sealed class FaultyHandler(ILocalHandler inner) : ILocalHandler, IDisposable
{
    private readonly ConcurrentQueue<LocalRequest> _requests = new();
    private volatile Func<LocalRequest, LocalResponse?> _fault = _ => null;
    private volatile Task _gate = Task.CompletedTask;
    private CancellationTokenSource _watches = new();

    public int MaxBodyBytes => inner.MaxBodyBytes;

    /// <summary>Answers instead of the server; null lets it answer. Requests that are under way are not touched.</summary>
    public Func<LocalRequest, LocalResponse?> Fault
    {
        set => _fault = value;
    }

    /// <summary>No request is answered before this completes.</summary>
    public Task Gate
    {
        set => _gate = value;
    }

    /// <summary>All that were asked, whatever the answer.</summary>
    public IReadOnlyCollection<LocalRequest> Requests => _requests;

    public bool StreamsBody(string method, string path) => inner.StreamsBody(method, path);

    /// <summary>Cuts every watch that is open.</summary>
    public void CutWatches() => Interlocked.Exchange(ref _watches, new CancellationTokenSource()).Cancel();

    public void Dispose() => _watches.Dispose();

    public async ValueTask<LocalResponse> HandleAsync(LocalRequest request, CancellationToken cancellationToken)
    {
        _requests.Enqueue(request);
        await _gate.WaitAsync(cancellationToken);
        if (_fault(request) is { } fault)
            return fault;
        var response = await inner.HandleAsync(request, cancellationToken);
        if (response.WriteBody is not { } write)
            return response;
        var cut = _watches.Token;
        return response with
        {
            WriteBody = async (output, token) =>
            {
                using var either = CancellationTokenSource.CreateLinkedTokenSource(token, cut);
                await write(output, either.Token);
                cut.ThrowIfCancellationRequested();
            },
        };
    }
}
