using System.Buffers;
using System.Text;

namespace Sluice.Configuration.Patterns;

/// <summary>
/// Finds which part of a text matches, and where its groups lie: the leftmost match, of these the one that comes first by the order of
/// alternatives and by how greedy repetitions are (as RE2 and .NET). All ways are followed at once (Pike), so that it takes time linear in
/// the text and in the expression, and nothing is allocated once its memory is there.
/// </summary>
internal sealed class PatternSearch
{
    /// <summary>Steps of the automaton.</summary>
    public const int MaxSteps = 1000;

    private readonly PatternProgram.Step[] _steps;
    private readonly CharacterSet[] _sets;
    private readonly int[] _slots;
    private readonly int _width;

    /// <param name="program">The expression.</param>
    /// <param name="groups">Numbers of the groups whose places are wanted; 0 is the match, and always first.</param>
    /// <exception cref="PatternException">It is too large.</exception>
    public PatternSearch(PatternProgram program, IReadOnlyList<int> groups)
    {
        _steps = [.. program.Steps];
        _sets = [.. program.Sets];
        if (_steps.Length > MaxSteps)
            throw new PatternException($"the expression is too large: with repetitions written out it must have at most {MaxSteps} steps", 0);
        _width = 2 * groups.Count;
        _slots = new int[_steps.Length];
        for (var i = 0; i < _steps.Length; i++)
        {
            var group = _steps[i].Kind == PatternProgram.StepKind.Save ? IndexOf(groups, _steps[i].First / 2) : -1;
            _slots[i] = group < 0 ? -1 : (2 * group) + (_steps[i].First % 2);
        }
    }

    /// <summary>Numbers of a place: its start and its end, for each group.</summary>
    public int Width => _width;

    /// <param name="text">UTF-8; octets that are none count as U+FFFD.</param>
    /// <param name="start">Where to begin to look. What is in front belongs to the text all the same.</param>
    /// <param name="places"><see cref="Width"/> numbers; -1 for a group that took no part.</param>
    /// <param name="budget">Steps that may be taken; those that were are taken off. Below 0 it was too little.</param>
    public bool TryFind(ReadOnlySpan<byte> text, int start, Span<int> places, ref int budget)
    {
        var memory = ArrayPool<int>.Shared.Rent((_steps.Length * (6 + (2 * _width))) + _width + 6);
        try
        {
            var run = new Run(this, memory, text);
            return run.Find(start, places, ref budget);
        }
        finally
        {
            ArrayPool<int>.Shared.Return(memory);
        }
    }

    private static int IndexOf(IReadOnlyList<int> groups, int group)
    {
        for (var i = 0; i < groups.Count; i++)
        {
            if (groups[i] == group)
                return i;
        }
        return -1;
    }

    /// <summary>One search. A way is a step with the places that it has come by; there is one for each step at most.</summary>
    private ref struct Run
    {
        private readonly PatternSearch _search;
        private readonly ReadOnlySpan<byte> _text;
        private readonly int _width;

        /// <summary>For each step where in the text it was reached last: a second way there ranks lower, and ends.</summary>
        private readonly Span<int> _seen;
        private readonly Span<int> _stack;
        private readonly Span<int> _places;
        private Span<int> _ways;
        private Span<int> _waysPlaces;
        private Span<int> _next;
        private Span<int> _nextPlaces;
        private int _nextCount;

        public Run(PatternSearch search, Span<int> memory, ReadOnlySpan<byte> text)
        {
            _search = search;
            _text = text;
            _width = search._width;
            var steps = search._steps.Length;
            _seen = memory[..steps];
            _ways = memory.Slice(steps, steps);
            _next = memory.Slice(2 * steps, steps);
            _stack = memory.Slice(3 * steps, 3 * (steps + 2));
            memory = memory[((6 * steps) + 6)..];
            _waysPlaces = memory[..(steps * _width)];
            _nextPlaces = memory.Slice(steps * _width, steps * _width);
            _places = memory.Slice(2 * steps * _width, _width);
        }

        public bool Find(int start, Span<int> places, ref int budget)
        {
            var found = false;
            _seen.Fill(-1);
            for (var at = start; ;)
            {
                if (!found)
                {
                    // A match that begins here ranks behind those that have begun already.
                    _places.Fill(-1);
                    _places[0] = at;
                    Follow(0, at, ref budget);
                }
                Turn();
                var count = _nextCount;
                _nextCount = 0;
                if (budget < 0 || count == 0)
                    return found && budget >= 0;

                var rune = default(Rune);
                var length = 0;
                if (at < _text.Length)
                    Rune.DecodeFromUtf8(_text[at..], out rune, out length);
                for (var i = 0; i < count; i++)
                {
                    var step = _search._steps[_ways[i]];
                    if (step.Kind == PatternProgram.StepKind.Accept)
                    {
                        // Those behind rank lower.
                        _waysPlaces.Slice(i * _width, _width).CopyTo(places);
                        places[1] = at;
                        found = true;
                        break;
                    }
                    if (length == 0 || !_search._sets[step.First].Contains(rune.Value))
                        continue;
                    _waysPlaces.Slice(i * _width, _width).CopyTo(_places);
                    Follow(_ways[i] + 1, at + length, ref budget);
                }
                if (length == 0)
                    return found;
                at += length;
            }
        }

        /// <summary>Adds to the next ways all steps that take something, or accept, and are reached from a step without taking anything.</summary>
        private void Follow(int first, int at, ref int budget)
        {
            var depth = 0;
            Push(ref depth, first, -1, 0);
            while (depth > 0)
            {
                depth--;
                int step = _stack[3 * depth], slot = _stack[(3 * depth) + 1];
                if (slot >= 0)
                {
                    // All that came through a place has been seen: it is forgotten again.
                    _places[slot] = _stack[(3 * depth) + 2];
                    continue;
                }
                if (_seen[step] == at)
                    continue;
                _seen[step] = at;
                budget--;
                switch (_search._steps[step].Kind)
                {
                    case PatternProgram.StepKind.Split:
                        Push(ref depth, _search._steps[step].Second, -1, 0);
                        Push(ref depth, _search._steps[step].First, -1, 0);
                        break;
                    case PatternProgram.StepKind.Save:
                        if (_search._slots[step] is >= 0 and var place)
                        {
                            Push(ref depth, step, place, _places[place]);
                            _places[place] = at;
                        }
                        Push(ref depth, step + 1, -1, 0);
                        break;
                    case PatternProgram.StepKind.Begin:
                        if (at == 0)
                            Push(ref depth, step + 1, -1, 0);
                        break;
                    case PatternProgram.StepKind.End:
                        if (at == _text.Length)
                            Push(ref depth, step + 1, -1, 0);
                        break;
                    default:
                        _next[_nextCount] = step;
                        _places.CopyTo(_nextPlaces[(_nextCount * _width)..]);
                        _nextCount++;
                        break;
                }
            }
        }

        /// <summary>What was next is now.</summary>
        private void Turn()
        {
            Span<int> ways = _ways, places = _waysPlaces;
            _ways = _next;
            _waysPlaces = _nextPlaces;
            _next = ways;
            _nextPlaces = places;
        }

        private readonly void Push(ref int depth, int step, int slot, int old)
        {
            _stack[3 * depth] = step;
            _stack[(3 * depth) + 1] = slot;
            _stack[(3 * depth) + 2] = old;
            depth++;
        }
    }
}
