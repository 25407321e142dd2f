using Sluice.Proxy.Calls.Protobuf;

namespace Sluice.Proxy.Filters.Services;

/// <summary>envoy.config.core.v3.HeaderValueOption: a field, and what becomes of one that is there already.</summary>
internal ref struct HeaderOption
{
    public ReadOnlySpan<byte> Name;
    public ReadOnlySpan<byte> Value;

    /// <summary>append was said, and is true.</summary>
    public bool Append;

    /// <summary>append was said.</summary>
    public bool HasAppend;

    /// <summary>append_action: 0 append or add, 1 add if absent, 2 overwrite or add, 3 overwrite if there.</summary>
    public int Action;

    /// <summary>False when it is none, or a field that a service may not touch.</summary>
    public static bool TryRead(ReadOnlySpan<byte> message, out HeaderOption option)
    {
        option = default;
        var reader = new ProtobufReader(message);
        while (reader.Read())
        {
            switch (reader.Field)
            {
                case 1:
                    if (!TryReadField(reader.Bytes, out option.Name, out option.Value))
                        return false;
                    break;
                case 2:
                    option.HasAppend = true;
                    if (!TryReadFlag(reader.Bytes, out option.Append))
                        return false;
                    break;
                case 3:
                    option.Action = (int)Math.Min(reader.Number, int.MaxValue);
                    break;
            }
        }
        return !reader.IsBroken && option.Action <= 3 && ServiceFields.IsAllowed(option.Name, option.Value);
    }

    /// <summary>HeaderValue: key 1, value 2, raw_value 3.</summary>
    public static bool TryReadField(ReadOnlySpan<byte> message, out ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value)
    {
        name = value = default;
        var reader = new ProtobufReader(message);
        while (reader.Read())
        {
            if (reader.Field == 1)
                name = reader.Bytes;
            else if (reader.Field is 2 or 3 && reader.Bytes.Length > 0)
                value = reader.Bytes;
        }
        return !reader.IsBroken;
    }

    private static bool TryReadFlag(ReadOnlySpan<byte> message, out bool value)
    {
        value = false;
        var reader = new ProtobufReader(message);
        while (reader.Read())
        {
            if (reader.Field == 1)
                value = reader.Flag;
        }
        return !reader.IsBroken;
    }
}
