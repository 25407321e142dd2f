using Sluice.Proxy.Calls.Protobuf;
using Sluice.Proxy.Filters.Services;

namespace Sluice.Proxy.Filters.ExternalAuth;

/// <summary>envoy.service.auth.v3.CheckResponse, as it lies in the answer. What an answer wants is looked at whole before any of it is done.</summary>
internal ref struct CheckResponse
{
    /// <summary>How many fields and query parameters an answer may name.</summary>
    private const int MaxEdits = 256;

    private bool _hasStatus;
    private bool _hasOk;
    private ulong _code;

    /// <summary>OkHttpResponse, or empty.</summary>
    public ReadOnlySpan<byte> Ok { get; private set; }

    /// <summary>DeniedHttpResponse, or empty.</summary>
    public ReadOnlySpan<byte> Denied { get; private set; }

    /// <summary>A Struct, or empty.</summary>
    public ReadOnlySpan<byte> Metadata { get; private set; }

    /// <summary>google.rpc.Code.OK. An answer that says nothing at all allows nothing (<see cref="TryRead"/>).</summary>
    public readonly bool IsAllowed => _code == 0;

    /// <summary>False when the message is none, says neither yes nor no, or wants something that a service may not do.</summary>
    public static bool TryRead(ReadOnlySpan<byte> message, out CheckResponse response)
    {
        response = default;
        var reader = new ProtobufReader(message);
        while (reader.Read())
        {
            switch (reader)
            {
                case { Field: 1, Type: WireType.LengthDelimited }:
                    response._hasStatus = true;
                    if (!TryReadCode(reader.Bytes, out response._code))
                        return false;
                    break;
                case { Field: 2, Type: WireType.LengthDelimited }:
                    response.Denied = reader.Bytes;
                    break;
                case { Field: 3, Type: WireType.LengthDelimited }:
                    response._hasOk = true;
                    response.Ok = reader.Bytes;
                    break;
                case { Field: 4, Type: WireType.LengthDelimited }:
                    response.Metadata = reader.Bytes;
                    break;
            }
        }
        return !reader.IsBroken && (response._hasStatus || response._hasOk)
            && (response.IsAllowed ? response.IsSound(response.Ok, 2, 6) : response.IsSound(response.Denied, 2, 2));
    }

    private static bool TryReadCode(ReadOnlySpan<byte> status, out ulong code)
    {
        code = 0;
        var reader = new ProtobufReader(status);
        while (reader.Read())
        {
            if (reader is { Field: 1, Type: WireType.Varint })
                code = reader.Number;
        }
        return !reader.IsBroken;
    }

    /// <param name="message">OkHttpResponse or DeniedHttpResponse.</param>
    /// <param name="fields">Number of its fields of HeaderValueOption.</param>
    /// <param name="more">Another one.</param>
    private readonly bool IsSound(ReadOnlySpan<byte> message, int fields, int more)
    {
        int edits = 0, bytes = 0;
        var reader = new ProtobufReader(message);
        while (reader.Read())
        {
            if (reader.Field == fields || reader.Field == more)
            {
                // A refusal stays one: what it may not say is left out of it.
                if (!HeaderOption.TryRead(reader.Bytes, out HeaderOption option) && IsAllowed)
                    return false;
                edits++;
                bytes += option.Name.Length + option.Value.Length;
            }
            else if (IsAllowed && reader.Field == 5 && !ServiceFields.IsName(reader.Bytes))
            {
                return false;
            }
            else if (IsAllowed && reader.Field is 7 or 8)
            {
                edits++;
                bytes += 3 * reader.Bytes.Length;
            }
        }
        return !reader.IsBroken && edits <= MaxEdits && bytes <= ServiceFields.MaxBytes;
    }
}
