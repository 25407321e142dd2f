namespace Sluice.Proxy;

/// <summary>Names of <see cref="MetricsDetail"/>, as options have them.</summary>
public static class MetricsDetails
{
    public static string Name(MetricsDetail detail) => detail switch
    {
        MetricsDetail.Off => "off",
        MetricsDetail.Route => "route",
        _ => "listener",
    };

    /// <summary>False for anything but a name.</summary>
    public static bool TryParse(string text, out MetricsDetail detail)
    {
        foreach (var one in (ReadOnlySpan<MetricsDetail>)[MetricsDetail.Off, MetricsDetail.Listener, MetricsDetail.Route])
        {
            if (text == Name(one))
            {
                detail = one;
                return true;
            }
        }

        detail = MetricsDetail.Listener;
        return false;
    }
}
