namespace Sluice.Cli;

internal static class CancellationTokenExtensions
{
    /// <summary>Completes, without an exception, when the token is cancelled.</summary>
    public static Task WhenCancelled(this CancellationToken token)
    {
        var completion = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        token.Register(completion.SetResult);
        return completion.Task;
    }
}
