using System.Buffers;
using System.Net;
using System.Text;
using Sluice.Proxy.Engine;
using Sluice.Proxy.Exchanges;
using Sluice.Proxy.Http;

namespace Sluice.Proxy.Local;

/// <summary>
/// One request for a handler inside the process. On the slow lane: ordinary async methods whose continuations come back to the
/// worker. Request and response may be streamed, both at the same time where the protocol has two directions; how long a stream
/// may be silent is the handler's affair then.
/// </summary>
internal sealed class LocalCall(ILocalHandler handler, Worker worker) : IRequestSink, IDisposable
{
    private readonly ArrayBufferWriter<byte> _body = new();
    private readonly CancellationTokenSource _cancellation = new();
    private readonly Dictionary<string, string> _headers = new(StringComparer.Ordinal);
    private LocalRequestBody? _requestBody;
    private LocalResponseBody? _responseBody;
    private IDownstream? _downstream;
    private IPEndPoint? _client;
    private string _method = "";
    private string _path = "";
    private string _query = "";

    public bool CanTakeRequest => _requestBody is not { IsFull: true };

    /// <summary>The request's body is streamed: it may pause for as long as it likes.</summary>
    public bool IsStream => _requestBody is not null;

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

        if (IPAddress.TryParse(Encoding.ASCII.GetString(downstream.ClientAddress), out var address))
            _client = new IPEndPoint(address, 0);
        if (handler.StreamsBody(_method, _path))
        {
            _requestBody = new LocalRequestBody(downstream.ResumeRequest);
            if (head.Framing == BodyFraming.None)
                _requestBody.End();
            _ = RunAsync(downstream);
        }
        else if (head.Framing == BodyFraming.None)
        {
            OnRequestEnd(null);
        }
    }

    public void OnRequestData(ReadOnlySpan<byte> data)
    {
        if (_requestBody is not null)
        {
            _requestBody.Write(data);
            return;
        }

        if (_downstream is not { } downstream)
            return;
        if (_body.WrittenCount + (long)data.Length > handler.MaxBodyBytes)
        {
            Answer(downstream, Failure(413, $"the body is larger than {handler.MaxBodyBytes} bytes"));
            return;
        }

        _body.Write(data);
    }

    public void OnRequestEnd(FieldSection? trailers)
    {
        if (_requestBody is not null)
            _requestBody.End();
        else if (_downstream is { } downstream)
            _ = RunAsync(downstream);
    }

    public void OnDownstreamDrained() => _responseBody?.Continue();

    public void OnDownstreamGone()
    {
        _downstream = null;
        _requestBody?.End(new IOException("the client is gone before the end of its request"));
        _responseBody?.End(new IOException("the client is gone"));

        // What the handler has registered runs on the thread pool, as the handler does.
        _ = _cancellation.CancelAsync();
    }

    private async Task RunAsync(IDownstream downstream)
    {
        var response = await CallAsync();
        if (_downstream is null)
            return;
        if (response.Trailers.Count > 0 && _method != "HEAD")
        {
            AnswerWithTrailers(downstream, response);
            return;
        }

        if (response.WriteBody is null || response.StatusCode is 204 or 304)
        {
            Answer(downstream, response);
            return;
        }

        _responseBody = new LocalResponseBody(worker, downstream);
        downstream.SendLocal(new LocalAnswer
        {
            StatusCode = response.StatusCode,
            ContentType = Encoding.ASCII.GetBytes(response.ContentType),
            Fields = response.Headers,
            IsStreamed = true,
        });
        var isComplete = _method == "HEAD" || await WriteAsync(response.WriteBody, _responseBody);
        if (_downstream is null)
            return;
        End();
        if (isComplete)
            downstream.EndResponse(null);
        else
            downstream.AbortResponse();
    }

    private async Task<LocalResponse> CallAsync()
    {
        var request = new LocalRequest(_method, _path, _query, _headers, _body.WrittenMemory)
        {
            BodyStream = _requestBody?.Reader,
            Client = _client,
        };
        try
        {
            // Off the worker, and back on it afterwards: the worker's synchronization context sees to that.
            var response = await Task.Run(async () => await handler.HandleAsync(request, _cancellation.Token).ConfigureAwait(false));
            LocalFields.Check(response.Headers);
            LocalFields.Check(response.Trailers);
            return response;
        }
        catch (Exception exception)
        {
            // When the client is gone nobody gets it.
            return Failure(500, $"internal error: {exception.Message}");
        }
    }

    /// <summary>Whether the handler has written all of the body: a failure cuts the response, and is the handler's to report.</summary>
    private async Task<bool> WriteAsync(Func<Stream, CancellationToken, Task> write, LocalResponseBody body)
    {
        try
        {
            await Task.Run(() => write(body, _cancellation.Token));
            return true;
        }
        catch (Exception)
        {
            return false;
        }
    }

    private void Answer(IDownstream downstream, LocalResponse response)
    {
        End();
        downstream.SendLocal(new LocalAnswer
        {
            StatusCode = response.StatusCode,
            ContentType = Encoding.ASCII.GetBytes(response.ContentType),
            Fields = response.Headers,
            Body = response.Body.Span,
        });
    }

    private void AnswerWithTrailers(IDownstream downstream, LocalResponse response)
    {
        End();
        downstream.SendLocal(new LocalAnswer
        {
            StatusCode = response.StatusCode,
            ContentType = Encoding.ASCII.GetBytes(response.ContentType),
            Fields = response.Headers,
            IsStreamed = true,
        });
        downstream.SendData(response.Body.Span);
        LocalTrailers.With(response.Trailers, downstream.EndResponse);
    }

    private static LocalResponse Failure(int statusCode, string text) =>
        new(statusCode, "text/plain", Encoding.UTF8.GetBytes(text + '\n'));

    /// <summary>The handler is done: what it may have kept of the streams is of no use any more.</summary>
    private void End()
    {
        _downstream = null;
        _requestBody?.End(new IOException("the request has been answered"));
        _responseBody?.End(new IOException("the response has ended"));
        Dispose();
    }

    public void Dispose() => _cancellation.Dispose();
}
