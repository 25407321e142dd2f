using Sluice.Proxy.Filters.Chain;
using Sluice.Proxy.Filters.Credentials;

namespace Sluice.Proxy.Filters.Services;

/// <summary>Changes a request that waits for what a service says of it.</summary>
internal static class RequestChanges
{
    /// <summary>Gives the request a field in place of those of that name that the client sent.</summary>
    public static void Set(FilterContext context, ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        RequestFields.Remove(context.Held!.Head, name);
        context.AddRequestField(name, value);
    }

    public static void Apply(FilterContext context, in HeaderOption option)
    {
        bool isThere = RequestFields.Find(context.Held!.Head, option.Name) >= 0;
        switch (ActionOf(option))
        {
            case 0:
                context.AddRequestField(option.Name, option.Value);
                break;
            case 1 when !isThere:
                context.AddRequestField(option.Name, option.Value);
                break;
            case 2:
            case 3 when isThere:
                Set(context, option.Name, option.Value);
                break;
        }
    }

    /// <summary>Without either of both a field is overwritten: what a service says of a request must not stand beside what the client says.</summary>
    private static int ActionOf(in HeaderOption option) =>
        option.HasAppend ? option.Append ? 0 : 2 : option.Action == 0 ? 2 : option.Action;

    /// <summary>Takes query parameters out, by their name before it is encoded.</summary>
    public static void RemoveParameter(FilterContext context, ReadOnlySpan<byte> name)
    {
        var encoded = new List<byte>();
        Encode(name, encoded);
        QueryParameters.Remove(context.Held!.Head, [.. encoded]);
    }

    /// <summary>Gives the request a query parameter in place of those of that name.</summary>
    public static void SetParameter(FilterContext context, ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        RemoveParameter(context, name);
        ReadOnlySpan<byte> query = context.Held!.Head.Query;
        var changed = new List<byte>(query.Length + name.Length + value.Length + 16);
        changed.AddRange(query);
        changed.Add((byte)(query.Length == 0 ? '?' : '&'));
        Encode(name, changed);
        changed.Add((byte)'=');
        Encode(value, changed);
        context.Held.SetQuery([.. changed]);
    }

    // RFC 3986 2.3: everything but unreserved characters.
    private static void Encode(ReadOnlySpan<byte> text, List<byte> target)
    {
        foreach (byte octet in text)
        {
            if (char.IsAsciiLetterOrDigit((char)octet) || octet is (byte)'-' or (byte)'.' or (byte)'_' or (byte)'~')
            {
                target.Add(octet);
                continue;
            }
            target.Add((byte)'%');
            target.Add("0123456789ABCDEF"u8[octet >> 4]);
            target.Add("0123456789ABCDEF"u8[octet & 15]);
        }
    }
}
