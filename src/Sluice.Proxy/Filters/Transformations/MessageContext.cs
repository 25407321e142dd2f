using System.Buffers;
using System.Text;
using Sluice.Configuration.Policies;
using Sluice.Expressions.Cel;
using Sluice.Expressions.Templates;
using Sluice.Proxy.Bodies;

namespace Sluice.Proxy.Filters.Transformations;

/// <summary>What templates see of a message. Values are parts of it, and live no longer than this.</summary>
internal sealed unsafe class MessageContext(BodyMessage message, BodyParsing parsing) : ITemplateContext, IDisposable
{
    /// <summary>Values and keys that a JSON body may have; a body with more is none.</summary>
    private const int MaxValues = 200_000;

    private byte[]? _text;
    private CelValue _json;

    /// <summary>False when JSON is asked for and the body is none. A message without a body has no JSON, and is none the worse for it.</summary>
    public bool TryParse()
    {
        var body = message.Body.Bytes;
        if (parsing != BodyParsing.AsJson || body.Length == 0)
            return true;
        _text = ArrayPool<byte>.Shared.Rent(body.Length);
        body.CopyTo(_text);
        _json = JsonValues.Parse(_text, 0, body.Length, MaxValues);
        return !_json.IsError;
    }

    public CelValue Header(ReadOnlySpan<byte> name) => message.IsResponse ? OfResponse(name) : RequestHeader(name);

    public CelValue RequestHeader(ReadOnlySpan<byte> name)
    {
        var head = message.Request.Head;
        if (name.Length > 0 && name[0] == ':')
        {
            if (name.SequenceEqual(":path"u8))
                return head.QuerySlice.Length == 0 ? ValueOf(head.Path) : Joined(head.Path, head.Query);
            return name.SequenceEqual(":method"u8) ? ValueOf(head.Method) : name.SequenceEqual(":authority"u8) ? ValueOf(head.Authority)
                : name.SequenceEqual(":scheme"u8) ? CelValue.Of(message.Work.IsSecure ? "https" : "http") : CelValue.Absent;
        }
        return Ascii.EqualsIgnoreCase(name, "host"u8) ? ValueOf(head.Authority) : Field(message.Request, name);
    }

    public CelValue Body() => parsing == BodyParsing.None ? CelValue.EmptyString : CelValue.Utf8(message.Body.Pointer, message.Body.Length);

    public CelValue Json() => _json;

    public CelValue Cookie(ReadOnlySpan<byte> name, bool ignoresCase)
    {
        var fields = message.Request.Fields;
        foreach (ref readonly var field in fields.Fields)
        {
            if (!Ascii.EqualsIgnoreCase(fields.NameOf(field), "cookie"u8))
                continue;
            var cookies = fields.ValueOf(field);
            foreach (var range in cookies.Split((byte)';'))
            {
                var pair = cookies[range].Trim(" \t"u8);
                var equals = pair.IndexOf((byte)'=');
                if (equals <= 0)
                    continue;
                var found = pair[..equals];
                if (ignoresCase ? Ascii.EqualsIgnoreCase(found, name) : found.SequenceEqual(name))
                    return ValueOf(pair[(equals + 1)..].Trim((byte)'"'));
            }
        }
        return CelValue.Absent;
    }

    public CelValue EnvironmentVariable(string name) =>
        TemplateEnvironment.Names.Contains(name) && Environment.GetEnvironmentVariable(name) is { } value ? CelValue.Of(value) : CelValue.Absent;

    public CelValue Random(ReadOnlySpan<byte> pattern) => CelValue.Utf8(message.Work.RandomFor(pattern));

    public void Dispose()
    {
        if (_text is not null)
            ArrayPool<byte>.Shared.Return(_text);
        _text = null;
    }

    private static CelValue Field(MessageDraft draft, ReadOnlySpan<byte> name)
    {
        if (!draft.TryFind(name, out var value))
            return CelValue.Absent;
        if (draft.Count(name) == 1)
            return ValueOf(value);

        // Lines of one name are one list (RFC 9110 5.3).
        var list = new List<byte>();
        var fields = draft.Fields;
        foreach (ref readonly var field in fields.Fields)
        {
            if (!Ascii.EqualsIgnoreCase(fields.NameOf(field), name))
                continue;
            if (list.Count > 0)
                list.AddRange(", "u8);
            list.AddRange(fields.ValueOf(field));
        }
        return CelValue.Utf8([.. list]);
    }

    private static CelValue ValueOf(ReadOnlySpan<byte> text)
    {
        fixed (byte* pointer = text)
            return CelValue.Utf8(pointer, text.Length);
    }

    private static CelValue Joined(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second)
    {
        var text = new byte[first.Length + second.Length];
        first.CopyTo(text);
        second.CopyTo(text.AsSpan(first.Length));
        return CelValue.Utf8(text);
    }

    private CelValue OfResponse(ReadOnlySpan<byte> name)
    {
        if (name.SequenceEqual(":status"u8))
            return CelValue.Of(message.Response.Head.StatusCode.ToString(System.Globalization.CultureInfo.InvariantCulture));
        return Field(message.Response, name);
    }
}
