using Sluice.Controller.Streaming;
using Sluice.Controller.Tests.Support;

namespace Sluice.Controller.Tests.Streaming;

/// <summary>When the API server is asked whose a token is.</summary>
public sealed class RememberedReviewsTests
{
    private readonly SteppingClock _clock = new();
    private readonly Reviewer _reviewer = new();
    private readonly RememberedReviews _reviews;

    public RememberedReviewsTests() => _reviews = new RememberedReviews(_reviewer, _clock);

    [Fact]
    public async Task ValidToken_IsAskedForOnceAMinute()
    {
        await AskAsync("a");
        await AskAsync("a");
        Assert.Equal(1, _reviewer.Asked);

        await AskAsync("b");
        Assert.Equal(2, _reviewer.Asked);

        _clock.Advance(TimeSpan.FromMinutes(1));
        await AskAsync("a");
        Assert.Equal(3, _reviewer.Asked);
    }

    [Fact]
    public async Task TokenForAnotherAudience_IsAnotherQuestion()
    {
        await AskAsync("a");
        await _reviews.ReviewAsync("a", "other", TestContext.Current.CancellationToken);

        Assert.Equal(2, _reviewer.Asked);
    }

    [Fact]
    public async Task InvalidToken_IsNotRemembered()
    {
        _reviewer.IsValid = false;
        await AskAsync("a");
        _reviewer.IsValid = true;

        Assert.True((await AskAsync("a")).Authenticated);
    }

    [Fact]
    public async Task ApiServerAway_TokenThatWasValid_IsSoForAnHour_AndOthersAreForLater()
    {
        await AskAsync("a");
        _reviewer.IsAway = true;
        _clock.Advance(TimeSpan.FromMinutes(59));

        Assert.True((await AskAsync("a")).Authenticated);
        await Assert.ThrowsAsync<AuthenticationUnavailableException>(() => AskAsync("b"));

        _clock.Advance(TimeSpan.FromMinutes(2));
        await Assert.ThrowsAsync<AuthenticationUnavailableException>(() => AskAsync("a"));
    }

    [Fact]
    public async Task TokenThatTheApiServerRevokes_IsForgotten()
    {
        await AskAsync("a");
        _clock.Advance(TimeSpan.FromMinutes(2));
        _reviewer.IsValid = false;
        Assert.False((await AskAsync("a")).Authenticated);

        _reviewer.IsAway = true;
        await Assert.ThrowsAsync<AuthenticationUnavailableException>(() => AskAsync("a"));
    }

    [Fact]
    public async Task ThousandAtOnce_AreAskedForAFewAtATime()
    {
        _reviewer.Gate = new TaskCompletionSource();
        var asking = Enumerable.Range(0, 1000).Select(i => AskAsync($"token-{i}")).ToArray();
        Assert.InRange(_reviewer.Asked, 1, 32);

        _reviewer.Gate.SetResult();
        await Task.WhenAll(asking).Within("the answers");
        Assert.Equal(1000, _reviewer.Asked);
    }

    private Task<ReviewedToken> AskAsync(string token) => _reviews.ReviewAsync(token, "stream", TestContext.Current.CancellationToken).AsTask();

    private sealed class Reviewer : ITokenReviewer
    {
        private int _asked;

        public int Asked => _asked;

        public bool IsValid { get; set; } = true;

        public bool IsAway { get; set; }

        public TaskCompletionSource? Gate { get; set; }

        public async ValueTask<ReviewedToken> ReviewAsync(string token, string audience, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref _asked);
            if (Gate is { } gate)
                await gate.Task;
            return IsAway ? throw new AuthenticationUnavailableException("away") : new ReviewedToken(IsValid, "system:serviceaccount:n:a", [audience]);
        }
    }
}
