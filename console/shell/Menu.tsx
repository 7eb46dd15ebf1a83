import { NavLink, useLocation } from 'react-router'
import type { Me } from '#console/me.ts'
import { useKeptYear } from '#console/house/year.tsx'
import { features } from '#console/registry.ts'
import './Menu.css'

/** The menu by what the person may do. */
export function Menu(props: { grants: Me['grants'] }) {
  const location = useLocation()
  const keep = useKeptYear()
  const held = new Set(props.grants.map((grant) => grant.role))
  const entries = features
    .flatMap((feature) => feature.menu)
    .filter((entry) => entry.roles.length === 0 || entry.roles.some((role) => held.has(role)))
    .sort((left, right) => left.order - right.order)
  const groups = [...new Set(entries.map((entry) => entry.group ?? ''))]
  return (
    <>
      {groups.map((group) => (
        <div key={group} className="menu">
          {group && <p className="menu-group">{group}</p>}
          <ul>
            {entries
              .filter((entry) => (entry.group ?? '') === group)
              .map((entry) => (
                <li key={entry.path}>
                  <NavLink
                    to={keep(entry.path)}
                    end={
                      entry.path === '/' || entries.some((other) => other.path === location.pathname && other !== entry)
                    }
                  >
                    {entry.label}
                  </NavLink>
                </li>
              ))}
          </ul>
        </div>
      ))}
    </>
  )
}
