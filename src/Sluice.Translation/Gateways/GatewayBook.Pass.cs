using Sluice.Resources;
using Sluice.Resources.GatewayApi;
using Sluice.Translation.References;

namespace Sluice.Translation.Gateways;

internal sealed partial class GatewayBook
{
    /// <summary>One update: what it judges, and what comes of it.</summary>
    private sealed class Pass
    {
        private readonly GatewayBook _book;
        private readonly ResourceSnapshot _snapshot;
        private readonly HashSet<ParentKey> _due;
        private readonly HashSet<NamespacedName> _regrouped;
        private readonly GatewayJudge _gatewayJudge;
        private readonly ListenerSetJudge _setJudge;

        public Pass(GatewayBook book, ResourceSnapshot snapshot, GrantIndex grants, DateTimeOffset? now, HashSet<ParentKey> due, HashSet<NamespacedName> regrouped)
        {
            _book = book;
            _snapshot = snapshot;
            _due = due;
            _regrouped = regrouped;
            var options = book.Options;
            var certificates = new CertificateJudge(snapshot, grants, book._certificates, now);
            var listeners = new ListenerJudge(options, certificates);
            _gatewayJudge = new GatewayJudge(options, new ParametersJudge(options, snapshot), certificates, new FrontendJudge(snapshot, grants, book._authorities), listeners);
            _setJudge = new ListenerSetJudge(listeners, new NamespaceLabels(snapshot.Namespaces));
        }

        public HashSet<ParentKey> Parents { get; } = [];

        public List<GatewayState> Dropped { get; } = [];

        public HashSet<NamespacedName> Gateways { get; } = [];

        public void Update(NamespacedName key)
        {
            _book._states.TryGetValue(key, out var state);
            if (!_snapshot.Gateways.TryGetValue(key, out var gateway) || !_book.Claims(gateway, _snapshot, out var gatewayClass))
            {
                if (state is not null)
                    Drop(state);
                return;
            }
            var judgesSets = false;
            if (state is null || _due.Contains(state.Own.Key))
                state = JudgeOwn(state, gateway, gatewayClass, out judgesSets);
            if (UpdateSets(state, judgesSets) || judgesSets)
                state.DecideSets(Parents);
        }

        // Says whether the sets must be judged anew too.
        private GatewayState JudgeOwn(GatewayState? state, Gateway gateway, GatewayClass? gatewayClass, out bool judgesSets)
        {
            var before = state?.Evaluation;
            var wasAccepted = state?.IsAccepted;
            var evaluation = _gatewayJudge.Judge(gateway, gatewayClass, before);
            if (state is null)
                _book._states.Add(gateway.Key, state = new GatewayState(evaluation, _book.Options.TrustedHops, _book._policies));
            else
                state.Update(evaluation);
            state.Own.Update(gateway, null, _gatewayJudge.Listeners(evaluation, state.Own), evaluation.Remarks);
            _book._references.Set(gateway);
            _book._schedule.Set(state.Own.Key, state.ChangesAt);
            var changed = state.DecideOwn();
            if (changed || before?.ControllerName != evaluation.ControllerName)
                Parents.Add(state.Own.Key);
            if (before is null || !ReferenceEquals(before.Gateway, gateway) || before.ControllerName != evaluation.ControllerName)
                Gateways.Add(gateway.Key);
            if (before is not null && before.ControllerName != evaluation.ControllerName)
                Parents.UnionWith(state.Sets.Select(set => set.Key));
            judgesSets = changed
                || before is null
                || !ReferenceEquals(before.Gateway, gateway)
                || !ReferenceEquals(before.Frontend, evaluation.Frontend)
                || wasAccepted != state.IsAccepted;
            return state;
        }

        // True when there is something to decide between the sets.
        private bool UpdateSets(GatewayState state, bool all)
        {
            var gateway = state.Own.Key.Name;
            if (!all && !_regrouped.Contains(gateway))
                return UpdateDueSets(state);
            var wanted = _book._setsOf.Of(gateway);
            var changed = false;
            foreach (var gone in state.Sets.Where(set => !wanted.Contains(set.Key.Name)).ToList())
            {
                Drop(gone);
                changed = true;
            }
            if (wanted.Count == 0)
                return changed;
            foreach (var key in wanted)
            {
                _book._sets.TryGetValue(key, out var owner);
                if (owner is not null && !ReferenceEquals(owner.Gateway, state))
                {
                    // It has moved here from another Gateway.
                    Drop(owner);
                    owner = null;
                }
                if (owner is not null && !all && !_due.Contains(owner.Key))
                    continue;
                changed |= Judge(_snapshot.ListenerSets[key], state, owner);
            }
            if (changed)
                state.SortSets();
            return changed;
        }

        // None has come or gone: of thousands, those are looked at that are due.
        private bool UpdateDueSets(GatewayState state)
        {
            var changed = false;
            foreach (var key in _due)
            {
                if (key.IsSet && _book._sets.TryGetValue(key.Name, out var owner) && ReferenceEquals(owner.Gateway, state))
                    changed |= Judge(_snapshot.ListenerSets[key.Name], state, owner);
            }
            if (changed)
                state.SortSets();
            return changed;
        }

        // True when places must be decided between all sets: a certificate alone, which changes most often, needs no more than its set.
        private bool Judge(ListenerSet set, GatewayState state, ListenerOwner? owner)
        {
            var isNew = owner is null;
            if (owner is null)
            {
                owner = new ListenerOwner(state, ParentKey.Of(set));
                _book._sets.Add(set.Key, owner);
                state.Add(owner);
            }
            var refused = _setJudge.Refuse(set, state);
            var listeners = _setJudge.Listeners(set, refused, owner, out var remarks);
            var keepsPlaces = !isNew && ReferenceEquals(owner.Source, set) && owner.ClaimsSame(listeners);
            owner.Update(set, refused, listeners, remarks);
            _book._references.Set(set);
            _book._schedule.Set(owner.Key, owner.ChangesAt);
            if (!keepsPlaces)
                return true;
            if (owner.DecideAgain())
                Parents.Add(owner.Key);
            return false;
        }

        private void Drop(GatewayState state)
        {
            foreach (var set in state.Sets.ToList())
                Drop(set);
            _book._states.Remove(state.Own.Key.Name);
            _book._references.Remove(state.Own.Key);
            _book._schedule.Set(state.Own.Key, null);
            Parents.Add(state.Own.Key);
            Gateways.Add(state.Own.Key.Name);
            Dropped.Add(state);
        }

        private void Drop(ListenerOwner set)
        {
            set.IsDropped = true;
            set.Gateway.Remove(set);
            _book._schedule.Set(set.Key, null);
            _book._sets.Remove(set.Key.Name);
            _book._references.Remove(set.Key);
            Parents.Add(set.Key);
        }
    }
}
