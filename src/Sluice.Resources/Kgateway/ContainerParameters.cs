using System.Text.Json;

namespace Sluice.Resources.Kgateway;

/// <summary>envoyContainer, as far as it means something to the proxy.</summary>
public sealed record ContainerParameters
{
    public ImageParameters Image { get; init; } = new();

    /// <summary>Worker threads, from "--concurrency" among extraArgs.</summary>
    public int? Workers { get; init; }

    /// <summary>How requests are counted, "off", "listener" or "route": from "--metrics-detail" among extraArgs.</summary>
    public string? MetricsDetail { get; init; }

    /// <summary>A path in the container, from "--explain-token-file" among extraArgs.</summary>
    public string? ExplainTokenFile { get; init; }

    public JsonElement? SecurityContext { get; init; }

    public JsonElement? Resources { get; init; }

    /// <summary>A list.</summary>
    public JsonElement? Env { get; init; }

    /// <summary>A list.</summary>
    public JsonElement? ExtraVolumeMounts { get; init; }

    internal ContainerParameters Over(ContainerParameters below) => new()
    {
        Image = Image.Over(below.Image),
        Workers = Workers ?? below.Workers,
        MetricsDetail = MetricsDetail ?? below.MetricsDetail,
        ExplainTokenFile = ExplainTokenFile ?? below.ExplainTokenFile,
        SecurityContext = ParameterJson.Over(SecurityContext, below.SecurityContext),
        Resources = ParameterJson.Over(Resources, below.Resources),
        Env = Env ?? below.Env,
        ExtraVolumeMounts = ExtraVolumeMounts ?? below.ExtraVolumeMounts,
    };
}
