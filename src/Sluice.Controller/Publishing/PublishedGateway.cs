using Sluice.Configuration;
using Sluice.Translation;

namespace Sluice.Controller.Publishing;

/// <summary>A Gateway's configuration and what the data plane said to it.</summary>
internal sealed record PublishedGateway(ProxyConfiguration Configuration, ApplyOutcome Outcome)
{
    public bool IsComplete => Outcome.Applied && Outcome.Failures.Count == 0;
}
