using Sluice.Configuration;
using Sluice.Translation;

namespace Sluice.Controller.Publishing;

/// <summary>Where configurations are put in force.</summary>
internal interface IDataPlane
{
    /// <summary>Completes when the configuration is in force, or is refused.</summary>
    Task<ApplyOutcome> ApplyAsync(ProxyConfiguration configuration);

    /// <summary>
    /// What the configuration that a Gateway ("namespace/name") was given last has come to by now; null where the answer to
    /// <see cref="ApplyAsync"/> stays the last word.
    /// </summary>
    ApplyOutcome? Latest(string gateway) => null;

    /// <summary>Stops serving a Gateway ("namespace/name").</summary>
    Task RemoveAsync(string gateway);
}
