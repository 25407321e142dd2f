using System.Net;

namespace Sluice.Cli.Options;

/// <summary>The value of <c>--admin</c> and <c>--api</c> where it may be "off", for which the end point is null.</summary>
internal sealed record AdminAddress(IPEndPoint? EndPoint)
{
    public static bool TryParse(string text, out AdminAddress? value)
    {
        if (text == "off")
        {
            value = new AdminAddress(EndPoint: null);
            return true;
        }
        value = NetworkOptions.TryParseEndPoint(text, out var endPoint) ? new AdminAddress(endPoint) : null;
        return value is not null;
    }
}
