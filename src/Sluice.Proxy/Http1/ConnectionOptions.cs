using System.Text;
using Sluice.Proxy.Http;

namespace Sluice.Proxy.Http1;

/// <summary>The Connection field (RFC 9110 7.6.1): what happens to the connection, and which fields belong to it.</summary>
internal ref struct ConnectionOptions
{
    public bool Close;
    public bool KeepAlive;
    public bool Upgrade;

    /// <summary>Reads one field line; false when an element is no token or too many fields are nominated.</summary>
    public bool TryParse(FieldSection section, in Field field, ref NominatedFields nominated)
    {
        var value = section.ValueOf(field);
        var position = 0;
        while (position < value.Length)
        {
            var comma = value[position..].IndexOf((byte)',');
            var end = comma < 0 ? value.Length : position + comma;
            var start = position;
            var stop = end;
            position = end + 1;
            while (start < stop && value[start] is (byte)' ' or (byte)'\t')
                start++;
            while (stop > start && value[stop - 1] is (byte)' ' or (byte)'\t')
                stop--;
            if (start == stop)
                continue;

            var option = value[start..stop];
            if (Ascii.EqualsIgnoreCase(option, "close"u8))
                Close = true;
            else if (Ascii.EqualsIgnoreCase(option, "keep-alive"u8))
                KeepAlive = true;
            else if (Ascii.EqualsIgnoreCase(option, "upgrade"u8))
                Upgrade = true;
            else if (!FieldNames.IsToken(option) || !nominated.TryAdd(new Slice(field.ValueOffset + start, stop - start)))
                return false;
        }

        return true;
    }
}
