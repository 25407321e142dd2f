using System.Buffers;
using System.Text;
using Sluice.Proxy.Exchanges;
using Sluice.Proxy.Http;

namespace Sluice.Proxy.Local;

/// <summary>
/// One request for a handler inside the process. On the slow lane: an ordinary async method whose continuation comes back to
/// the worker.
/// </summary>
internal sealed class LocalCall(ILocalHandler handler) : IRequestSink, IDisposable
{
    private const int MaxBodyBytes = 1 << 20;

    private readonly ArrayBufferWriter<byte> _body = new();
    private readonly CancellationTokenSource _cancellation = new();
    private readonly Dictionary<string, string> _headers = new(StringComparer.Ordinal);
    private IDownstream? _downstream;
    private string _method = "";
    private string _path = "";
    private string _query = "";

    public bool CanTakeRequest => true;

    public void Begin(IDownstream downstream, RequestHead head)
    {
        _downstream = downstream;
        _method = Encoding.ASCII.GetString(head.Method);
        _path = Encoding.ASCII.GetString(head.Path);
        _query = head.Query.Length > 0 ? Encoding.ASCII.GetString(head.Query[1..]) : "";
        foreach (ref readonly var field in head.Fields)
        {
            var name = Encoding.ASCII.GetString(head.NameOf(field)).ToLowerInvariant();
            _headers[name] = Encoding.Latin1.GetString(head.ValueOf(field));
        }

        if (head.Framing == BodyFraming.None)
            OnRequestEnd(null);
    }

    public void OnRequestData(ReadOnlySpan<byte> data)
    {
        if (_downstream is null)
            return;
        if (_body.WrittenCount + data.Length > MaxBodyBytes)
        {
            Answer(new LocalResponse(413, "text/plain", "the body is larger than 1 MiB\n"u8.ToArray()));
            return;
        }

        _body.Write(data);
    }

    public void OnRequestEnd(FieldSection? trailers)
    {
        if (_downstream is not null)
            _ = RunAsync();
    }

    public void OnDownstreamDrained()
    {
    }

    public void OnDownstreamGone()
    {
        _downstream = null;
        _cancellation.Cancel();
    }

    private async Task RunAsync()
    {
        LocalResponse response;
        try
        {
            var request = new LocalRequest(_method, _path, _query, _headers, _body.WrittenMemory);

            // Off the worker, and back on it afterwards: the worker's synchronization context sees to that.
            response = await Task.Run(async () => await handler.HandleAsync(request, _cancellation.Token).ConfigureAwait(false));
        }
        catch (OperationCanceledException) when (_cancellation.IsCancellationRequested)
        {
            return;
        }
        catch (Exception exception)
        {
            response = new LocalResponse(500, "text/plain", Encoding.UTF8.GetBytes($"internal error: {exception.Message}\n"));
        }

        Answer(response);
    }

    private void Answer(LocalResponse response)
    {
        if (_downstream is not { } downstream)
            return;
        _downstream = null;
        downstream.SendLocal(new LocalAnswer
        {
            StatusCode = response.StatusCode,
            ContentType = Encoding.ASCII.GetBytes(response.ContentType),
            Body = response.Body.Span,
        });
        Dispose();
    }

    public void Dispose() => _cancellation.Dispose();
}
