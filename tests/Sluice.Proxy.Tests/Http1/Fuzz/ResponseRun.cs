using System.Runtime.InteropServices;
using Sluice.Proxy.Http;
using Sluice.Proxy.Http1;
using Sluice.Proxy.Tests.Support;

namespace Sluice.Proxy.Tests.Http1.Fuzz;

/// <summary>The engine's response parser and body decoder without sockets: the bytes of one backend connection in pieces, and what came of them.</summary>
internal sealed unsafe class ResponseRun : IDisposable
{
    private readonly ProxyLimits _limits = new();
    private readonly ResponseParser _parser;
    private readonly ResponseHead _head;
    private readonly FieldSection _trailers;
    private readonly byte* _memory;
    private readonly byte[] _input;
    private readonly Func<int> _step;
    private int _start;
    private int _end;

    private ResponseRun(string text, Func<int> step)
    {
        _parser = new ResponseParser(_limits);
        _head = new ResponseHead(_limits.FieldCount);
        _trailers = new FieldSection(_limits.FieldCount);
        _input = Wire.Bytes(text);
        _memory = (byte*)NativeMemory.Alloc((nuint)_input.Length + 1);
        _step = step;
    }

    /// <summary>All responses up to the end of the text or the first fault, as text to compare.</summary>
    public static string Read(string text, bool requestWasHead, Func<int> step)
    {
        using var run = new ResponseRun(text, step);
        return run.Read(requestWasHead);
    }

    public void Dispose() => NativeMemory.Free(_memory);

    private string Read(bool requestWasHead)
    {
        var seen = "";
        while (true)
        {
            _head.Buffer = _memory + _start;
            var result = _parser.Parse(Window, _head, requestWasHead, out var consumed);
            if (result == ParseResult.NeedMore)
            {
                if (Feed())
                    continue;
                return seen + (Window.Length == 0 ? "end" : "half a head");
            }

            if (result == ParseResult.Failed)
                return seen + "refused";
            var fields = string.Join(",", _head.Fields.ToArray().Select(field => $"{Wire.Text(_head.NameOf(field))}={Wire.Text(_head.ValueOf(field))}"));
            seen += $"{_head.StatusCode} {Wire.Text(_head.Reason)} [{fields}] {_head.Framing} keep={_parser.KeepAlive} ";
            _start += consumed;
            var body = ReadBody(out var end);
            seen += $"body={body} {end}; ";
            if (end != "done")
                return seen;
        }
    }

    private string ReadBody(out string end)
    {
        var body = "";
        var decoder = new BodyDecoder(_head.Framing, _head.ContentLength);
        end = "done";
        while (!decoder.IsDone)
        {
            var position = 0;
            _trailers.Buffer = _memory + _start;
            var status = decoder.Next(Window, ref position, _trailers, _limits.TrailerBytes, out var data);
            body += Wire.Text(data);
            if (status == ChunkedStatus.Trailers)
                body += string.Concat(_trailers.Fields.ToArray().Select(field => $"|{Wire.Text(_trailers.NameOf(field))}={Wire.Text(_trailers.ValueOf(field))}"));
            _start += position;
            if (status == ChunkedStatus.Failed)
            {
                end = "refused";
                return body;
            }

            if (status == ChunkedStatus.NeedMore && !Feed())
            {
                end = "cut";
                return body;
            }
        }
        return body;
    }

    private ReadOnlySpan<byte> Window => new(_memory + _start, _end - _start);

    private bool Feed()
    {
        var count = Math.Min(_step(), _input.Length - _end);
        _input.AsSpan(_end, count).CopyTo(new Span<byte>(_memory + _end, _input.Length + 1 - _end));
        _end += count;
        return count > 0;
    }
}
