package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/pflag"

	"resiltui/internal/scenario"
	"resiltui/internal/sensors"
	"resiltui/internal/setting"
)

// watchKinds are the kinds of sensors that can be watched. Their settings are
// flags of `resiltui watch`, and their texts are part of its help.
type watchKinds []sensors.Kind

// settings are the settings of all kinds. Kinds that have a setting of the same
// name share one flag.
func (l watchKinds) settings() (rows []setting.Row) {
	for _, k := range l {
		for _, s := range k.Settings {
			if !slices.ContainsFunc(rows, func(other setting.Row) bool { return other.Name == s.Name }) {
				rows = append(rows, s)
			}
		}
	}
	return rows
}

// register adds a flag for each setting.
func (l watchKinds) register(f *pflag.FlagSet) {
	for _, s := range l.settings() {
		standard, help := l.flagTexts(s)
		switch {
		case s.Repeated:
			f.StringArray(s.Name, nil, help)
		case s.Kind == setting.SwitchKind:
			f.Bool(s.Name, standard == "true", help)
		default:
			f.String(s.Name, standard, help)
		}
	}
}

// flagTexts are the default and the help of a setting's flag. Where it is another thing
// for another kind, the help says what it is for which, and there is no default.
func (l watchKinds) flagTexts(s setting.Row) (standard, help string) {
	var helps []string
	of := map[string][]string{} // the kinds of each help
	standard = s.Default
	for _, k := range l {
		for _, other := range k.Settings {
			if other.Name != s.Name {
				continue
			}
			if of[other.Help] == nil {
				helps = append(helps, other.Help)
			}
			of[other.Help] = append(of[other.Help], k.Title)
			if other.Default != s.Default {
				standard = ""
			}
		}
	}
	if len(helps) == 1 {
		return standard, s.Help
	}
	for i, h := range helps {
		helps[i] = h + " (" + setting.Candidates(of[h]) + ")"
	}
	return standard, strings.Join(helps, "; ")
}

// check refuses values of settings that none of the targets has.
func (l watchKinds) check(set sensors.Values, targets []string) error {
	var watched watchKinds
	for _, target := range targets {
		kind, err := sensors.Find(l, scenario.AddressOf(target))
		if err != nil {
			return err
		}
		watched = append(watched, kind)
	}
	for _, s := range l.settings() {
		if set[s.Name] == nil || watched.have(s.Name) {
			continue
		}
		var titles []string
		for _, k := range l {
			if (watchKinds{k}).have(s.Name) {
				titles = append(titles, k.Title)
			}
		}
		return fmt.Errorf("--%s is for %s endpoints, and none of these is one", s.Name, setting.Candidates(titles))
	}
	return nil
}

// have says whether a kind has a setting of that name.
func (l watchKinds) have(name string) bool {
	return slices.ContainsFunc(l.settings(), func(s setting.Row) bool { return s.Name == name })
}

// values are the values that the flags were given.
func (l watchKinds) values(f *pflag.FlagSet) sensors.Values {
	set := sensors.Values{}
	for _, s := range l.settings() {
		if flag := f.Lookup(s.Name); flag.Changed {
			set[s.Name] = valuesOf(flag)
		}
	}
	return set
}

// valuesOf are the values that one flag was given.
func valuesOf(f *pflag.Flag) []string {
	if several, ok := f.Value.(pflag.SliceValue); ok {
		return several.GetSlice()
	}
	return []string{f.Value.String()}
}

// secret says whether a flag is for a setting whose values are never shown.
func (l watchKinds) secret(name string) bool {
	return slices.ContainsFunc(l.settings(), func(s setting.Row) bool { return s.Name == name && s.Secret })
}

func (l watchKinds) titles() string {
	var titles []string
	for _, k := range l {
		titles = append(titles, k.Title)
	}
	return setting.Candidates(titles)
}

func (l watchKinds) help() string {
	return l.joined(" ", func(k sensors.Kind) []string { return []string{k.Help} })
}

func (l watchKinds) examples() string {
	const command = "resiltui watch "
	return command + l.joined("\n"+command, func(k sensors.Kind) []string { return k.Examples })
}

func (l watchKinds) joined(between string, texts func(sensors.Kind) []string) string {
	var all []string
	for _, k := range l {
		all = append(all, texts(k)...)
	}
	return strings.Join(all, between)
}
