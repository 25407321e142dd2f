using System.Buffers;
using System.Text;
using Sluice.Proxy.Http;
using Sluice.Proxy.Http1;
using Sluice.Proxy.Http2.Hpack;

namespace Sluice.Proxy.Http2;

/// <summary>
/// What a regular field of HTTP/2 must be (RFC 9113 8.2). Exactly as strict as our HTTP/1.1: what passes here can be written
/// into a message of HTTP/1.1 and is read there as the same one field.
/// </summary>
internal static class FieldRules
{
    private static readonly SearchValues<byte> NameBytes =
        SearchValues.Create("!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyz"u8);

    /// <summary>Checks a field and makes it one of a section; on failure says what was wrong.</summary>
    public static HttpError Check(FieldBlockReader reader, in HpackField source, out Field field)
    {
        field = new Field
        {
            NameOffset = source.NameOffset,
            NameLength = (ushort)Math.Min(source.NameLength, ushort.MaxValue),
            ValueOffset = source.ValueOffset,
            ValueLength = source.ValueLength,
            NeverIndexed = source.NeverIndexed,
        };
        var name = reader.Get(source.NameOffset, source.NameLength);
        if (source.StaticName == 0 && (name.Length is 0 or > ushort.MaxValue || name.ContainsAnyExcept(NameBytes)))
            return HttpError.FieldName;
        var value = reader.Get(source.ValueOffset, source.ValueLength);
        if (value.ContainsAny(FieldSectionParser.EndOrBad))
            return HttpError.ControlCharacter;
        if (value.Length > 0 && (value[0] is (byte)' ' or (byte)'\t' || value[^1] is (byte)' ' or (byte)'\t'))
            return HttpError.FieldValue;
        field.Known = FieldNames.Classify(name);
        return field.Known switch
        {
            // Fields of one connection (RFC 9113 8.2.2).
            KnownField.Connection or KnownField.KeepAlive or KnownField.ProxyConnection or KnownField.TransferEncoding or KnownField.Upgrade =>
                HttpError.ConnectionField,
            KnownField.TE when !Ascii.EqualsIgnoreCase(value, "trailers"u8) => HttpError.ConnectionField,
            _ => HttpError.None,
        };
    }
}
