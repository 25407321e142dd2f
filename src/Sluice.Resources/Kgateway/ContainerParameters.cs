using System.Text.Json;

namespace Sluice.Resources.Kgateway;

/// <summary>envoyContainer, as far as it means something to the proxy.</summary>
public sealed record ContainerParameters
{
    public ImageParameters Image { get; init; } = new();

    /// <summary>Worker threads, from "--concurrency" among extraArgs.</summary>
    public int? Workers { get; init; }

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
        SecurityContext = ParameterJson.Over(SecurityContext, below.SecurityContext),
        Resources = ParameterJson.Over(Resources, below.Resources),
        Env = Env ?? below.Env,
        ExtraVolumeMounts = ExtraVolumeMounts ?? below.ExtraVolumeMounts,
    };
}
