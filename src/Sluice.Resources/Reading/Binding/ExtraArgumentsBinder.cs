using System.Globalization;
using Sluice.Resources.Kgateway;
using Sluice.Resources.Reading.Nodes;

namespace Sluice.Resources.Reading.Binding;

/// <summary>
/// spec.kube.envoyContainer.extraArgs of GatewayParameters. They are Envoy's, which has the number of threads in common with the proxy,
/// and the proxy's own that are worth setting for one Gateway. "--name=value" and "--name", "value" are the same.
/// </summary>
internal static class ExtraArgumentsBinder
{
    private const string Concurrency = "--concurrency";
    private const string MetricsDetail = "--metrics-detail";
    private const string ExplainTokenFile = "--explain-token-file";
    private const int MaxItems = 256;

    private static readonly string[] Known = [Concurrency, MetricsDetail, ExplainTokenFile];

    public static ContainerParameters Read(BindingContext context, Node node, ContainerParameters result)
    {
        if (!context.IsList(node, 0, MaxItems))
            return result;
        string? name = null;
        foreach (var item in node)
        {
            var text = context.String(item);
            if (text is null)
                continue;
            if (name is not null)
            {
                result = Take(context, item, name, text, result);
                name = null;
            }
            else if (Known.Contains(text))
            {
                name = text;
            }
            else if (text.Split('=', 2) is [var before, var value] && Known.Contains(before))
            {
                result = Take(context, item, before, value, result);
            }
            else
            {
                context.Warning(item, $"has no effect: {Describe.Quoted(text)} is for Envoy; known are {string.Join(", ", Known)}");
            }
        }

        return result;
    }

    private static ContainerParameters Take(BindingContext context, Node item, string name, string value, ContainerParameters result)
    {
        switch (name)
        {
            case MetricsDetail when value is "off" or "listener" or "route":
                return result with { MetricsDetail = value };
            case MetricsDetail:
                context.MustBe(item, $"off, listener or route with {MetricsDetail}");
                return result;
            case ExplainTokenFile when value.StartsWith('/'):
                return result with { ExplainTokenFile = value };
            case ExplainTokenFile:
                context.MustBe(item, $"the absolute path of a file in the container with {ExplainTokenFile}");
                return result;
            case Concurrency when int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var workers) && workers is >= 1 and <= 1024:
                return result with { Workers = workers };
            default:
                context.MustBe(item, $"a number of threads from 1 to 1024 with {Concurrency}");
                return result;
        }
    }
}
