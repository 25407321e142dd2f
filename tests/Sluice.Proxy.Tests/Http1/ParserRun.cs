using System.Runtime.InteropServices;
using Sluice.Proxy.Http;
using Sluice.Proxy.Http1;
using Sluice.Proxy.Tests.Http1.Cases;
using Sluice.Proxy.Tests.Http1.Reference;
using Sluice.Proxy.Tests.Support;

namespace Sluice.Proxy.Tests.Http1;

/// <summary>The engine's own parsers without sockets: the bytes of one client connection in pieces, and what came of them.</summary>
internal sealed unsafe class ParserRun : IDisposable
{
    private const int MaxDrained = 64 * 1024;

    private readonly ProxyLimits _limits = new();
    private readonly RequestParser _parser;
    private readonly RequestHead _head;
    private readonly FieldSection _trailers;
    private readonly byte* _memory;
    private readonly int _capacity;
    private readonly byte[] _input;
    private readonly Func<int> _step;
    private int _start;
    private int _end;

    private ParserRun(string text, Func<int> step)
    {
        _parser = new RequestParser(_limits);
        _head = new RequestHead(_limits.FieldCount);
        _trailers = new FieldSection(_limits.FieldCount);
        _input = Wire.Bytes(text);
        _capacity = _input.Length + 1;
        _memory = (byte*)NativeMemory.Alloc((nuint)_capacity);
        _step = step;
    }

    private Span<byte> Window => new(_memory + _start, _end - _start);

    /// <param name="text">Everything that the client sends.</param>
    /// <param name="step">Bytes of the next piece; asked whenever the parsers want more.</param>
    public static Verdict Read(string text, Func<int> step)
    {
        using var run = new ParserRun(text, step);
        return run.Read();
    }

    public void Dispose() => NativeMemory.Free(_memory);

    private Verdict Read()
    {
        var verdict = Verdict.Forwarded();
        while (true)
        {
            var result = ReadHead(out var request);
            if (result == ParseResult.NeedMore)
                return Window.TrimStart("\r\n"u8).Length == 0 ? verdict : verdict.ThenClosed();
            if (result == ParseResult.Failed)
                return verdict.ThenRefused(HttpErrors.StatusCode(_parser.Error));

            var closes = !_parser.KeepAlive;
            // Answered before its body has come, as the engine does.
            var backend = CaseRoutes.Find(ReferenceTarget.HostOf(request.Host), request.Target.Split('?')[0]);
            if (backend is null)
                verdict = verdict with { Statuses = [.. verdict.Statuses, 404] };
            if (backend is null && (_head.Framing == BodyFraming.Chunked || _head.ContentLength > MaxDrained || (_head.ContentLength > 0 && _head.ExpectsContinue)))
                return verdict.ThenClosed();
            switch (ReadBody(ref request, out var error))
            {
                case ParseResult.NeedMore:
                    return verdict.ThenClosed();
                case ParseResult.Failed:
                    return verdict.ThenRefused(HttpErrors.StatusCode(error));
            }

            if (backend is not null)
                verdict = verdict with { Statuses = [.. verdict.Statuses, 200], Seen = [.. verdict.Seen, request with { Backend = backend }] };
            if (closes)
                return verdict.ThenClosed();
        }
    }

    private ParseResult ReadHead(out SeenRequest request)
    {
        request = new SeenRequest("", "", "");
        while (true)
        {
            _head.Buffer = _memory + _start;
            var result = _parser.Parse(Window, _head, out var consumed);
            if (result == ParseResult.Complete)
            {
                request = new SeenRequest(Wire.Text(_head.Method), Wire.Text(_head.Path) + Wire.Text(_head.Query), Wire.Text(_head.Authority));
                _start += consumed;
            }
            if (result != ParseResult.NeedMore || !Feed())
                return result;
        }
    }

    private ParseResult ReadBody(ref SeenRequest request, out HttpError error)
    {
        error = HttpError.None;
        var decoder = new BodyDecoder(_head.Framing, _head.ContentLength);
        while (!decoder.IsDone)
        {
            var position = 0;
            _trailers.Buffer = _memory + _start;
            var status = decoder.Next(Window, ref position, _trailers, _limits.TrailerBytes, out var data);
            request = request with { Body = request.Body + Wire.Text(data) };
            if (status == ChunkedStatus.Trailers)
                request = request with { Trailers = string.Join("; ", _trailers.Fields.ToArray().Select(Show)) };
            _start += position;
            error = decoder.Error;
            if (status == ChunkedStatus.Failed)
                return ParseResult.Failed;
            if (status == ChunkedStatus.NeedMore && !Feed())
                return ParseResult.NeedMore;
        }
        return ParseResult.Complete;
    }

    private string Show(Field field) => $"{Wire.Text(_trailers.NameOf(field))}: {Wire.Text(_trailers.ValueOf(field))}";

    private bool Feed()
    {
        var count = Math.Min(_step(), _input.Length - _end);
        _input.AsSpan(_end, count).CopyTo(new Span<byte>(_memory + _end, _capacity - _end));
        _end += count;
        return count > 0;
    }
}
