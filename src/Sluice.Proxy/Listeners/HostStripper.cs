using Sluice.Configuration.Listeners;
using Sluice.Proxy.Http;
using Sluice.Proxy.Routing;

namespace Sluice.Proxy.Listeners;

/// <summary>Takes the port, or the dot of a fully qualified name, off the host of a request. Nothing but the request's own bytes is written.</summary>
internal static class HostStripper
{
    /// <param name="head">Its Host field is changed as well.</param>
    /// <param name="mode">Which ports go.</param>
    /// <param name="stripsDot">The dot goes.</param>
    /// <param name="port">The listener's.</param>
    public static void Strip(RequestHead head, StripHostPortMode mode, bool stripsDot, int port)
    {
        var authority = head.Authority;
        var hostLength = HostName.WithoutPort(authority).Length;
        var length = authority.Length;
        if (length > hostLength && (mode == StripHostPortMode.AnyPort || (mode == StripHostPortMode.MatchingPort && RedirectTarget.PortOf(authority) == port)))
            length = hostLength;
        if (stripsDot && hostLength > 1 && authority[hostLength - 1] == '.')
        {
            var bytes = head.Writable(head.AuthoritySlice);
            bytes[hostLength..length].CopyTo(bytes[(hostLength - 1)..]);
            length--;
        }

        if (length == authority.Length)
            return;
        head.AuthoritySlice = new Slice(head.AuthoritySlice.Offset, length);
        for (var i = 0; i < head.FieldCount; i++)
        {
            if (head.Fields[i].Known == KnownField.Host)
                head.SetValue(i, head.AuthoritySlice);
        }
    }
}
