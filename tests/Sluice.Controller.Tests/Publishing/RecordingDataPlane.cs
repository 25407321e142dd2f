using Sluice.Configuration;
using Sluice.Controller.Publishing;
using Sluice.Translation;

namespace Sluice.Controller.Tests.Publishing;

/// <summary>Remembers what it was told, and answers as told.</summary>
internal sealed class RecordingDataPlane : IDataPlane
{
    public List<string> Calls { get; } = [];

    public Func<ProxyConfiguration, ApplyOutcome> Answer { get; set; } = _ => ApplyOutcome.Success;

    public Task<ApplyOutcome> ApplyAsync(ProxyConfiguration configuration)
    {
        Calls.Add($"apply {configuration.Gateway}");
        return Task.FromResult(Answer(configuration));
    }

    public Task RemoveAsync(string gateway)
    {
        Calls.Add($"remove {gateway}");
        return Task.CompletedTask;
    }
}
