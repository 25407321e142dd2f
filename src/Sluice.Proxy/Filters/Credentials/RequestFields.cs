using System.Text;
using Sluice.Proxy.Http;

namespace Sluice.Proxy.Filters.Credentials;

/// <summary>Finds fields of a head by name, and takes them out.</summary>
internal static class RequestFields
{
    /// <summary>Index of the first field of that name, or -1.</summary>
    /// <param name="head">The request.</param>
    /// <param name="lowerName">In lower case.</param>
    /// <param name="from">Where to begin.</param>
    public static int Find(RequestHead head, ReadOnlySpan<byte> lowerName, int from = 0)
    {
        ReadOnlySpan<Field> fields = head.Fields;
        for (int i = from; i < fields.Length; i++)
        {
            if (fields[i].NameLength == lowerName.Length && Ascii.EqualsIgnoreCase(head.NameOf(fields[i]), lowerName))
                return i;
        }
        return -1;
    }

    /// <summary>Takes all fields of that name out, so that the backend does not get them.</summary>
    public static void Remove(RequestHead head, ReadOnlySpan<byte> lowerName)
    {
        for (int i = Find(head, lowerName); i >= 0; i = Find(head, lowerName, i))
            head.RemoveAt(i);
    }
}
