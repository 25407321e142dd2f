using System.Net;

namespace Sluice.Cli.Options;

/// <summary>The value of <c>--admin</c>, <c>--probes</c> and <c>--api</c> where it may be "off", for which the end point is null.</summary>
internal sealed record AdminAddress(IPEndPoint? EndPoint)
{
    /// <summary>For none.</summary>
    public const string Off = "off";

    public static bool TryParse(string text, out AdminAddress? value)
    {
        if (text == Off)
        {
            value = new AdminAddress(EndPoint: null);
            return true;
        }
        value = NetworkOptions.TryParseEndPoint(text, out var endPoint) ? new AdminAddress(endPoint) : null;
        return value is not null;
    }
}
